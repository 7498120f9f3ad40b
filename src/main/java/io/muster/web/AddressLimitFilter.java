package io.muster.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses, before anything is read, what comes from an address that has used up what it may. */
public final class AddressLimitFilter extends OncePerRequestFilter {

    private final AddressLimits limits;
    private final ProblemWriter problems;

    public AddressLimitFilter(AddressLimits limits, ProblemWriter problems) {
        this.limits = limits;
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
        Duration wait = limits.take(String.valueOf(request.getRemoteAddr()));
        if (wait.isZero()) {
            chain.doFilter(request, response);
        } else {
            problems.refuse(Problem.tooManyRequests(wait), request, response);
        }
    }
}
