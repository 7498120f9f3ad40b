package io.muster.web;

import io.muster.node.ConsensusException;
import io.muster.users.Registry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what needs a hash while too much waits for one, before anything of it is read: a refusal has to cost far less than
 * an answer, or a burst takes from those that could be served what serving them needs.
 */
public final class OverloadFilter extends OncePerRequestFilter {

    private final Registry registry;
    private final ProblemWriter problems;

    public OverloadFilter(Registry registry, ProblemWriter problems) {
        this.registry = registry;
        this.problems = problems;
    }

    /** No other method costs a hash. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (registry.isOverloaded()) {
            var refusal = new ConsensusException.Overloaded("too many passwords wait to be hashed");
            problems.refuse(Problems.of(refusal, request), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
