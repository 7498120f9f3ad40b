package io.muster.web;

import io.muster.node.ConsensusException;
import io.muster.users.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what costs a hash before anything of it is read: what comes from an address that has used up what it may, or failed too
 * often, and what comes while too much waits for a hash. A refusal has to cost far less than an answer, or a burst takes from those
 * that could be served what serving them needs.
 */
public final class DoorFilter extends OncePerRequestFilter {

    private final Optional<AddressLimits> limits;
    private final BooleanSupplier crowded;
    private final ProblemWriter problems;

    /**
     * A door of some calls.
     *
     * @param limits empty for none
     * @param crowded whether too much waits for what these calls cost
     */
    public DoorFilter(Optional<AddressLimits> limits, BooleanSupplier crowded, ProblemWriter problems) {
        this.limits = limits;
        this.crowded = crowded;
        this.problems = problems;
    }

    /** No other method costs a hash, or an entry of the log. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod()) && !HttpMethod.DELETE.matches(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (limits.isEmpty()) {
            passOrRefuse(crowdedRefusal(request), request, response, chain);
        } else {
            doFilterWithin(limits.get(), String.valueOf(request.getRemoteAddr()), request, response, chain);
        }
    }

    private void doFilterWithin(
            AddressLimits limits,
            String address,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        // The address comes first: whoever floods is to use up what is its own, also while all are refused.
        Duration wait = limits.take(address);
        if (!wait.isZero()) {
            problems.refuse(Problem.tooManyRequests(wait), request, response);
            return;
        }
        try (Origin _ = limits.enter(address)) {
            passOrRefuse(crowdedRefusal(request), request, response, chain);
        }
    }

    private void passOrRefuse(
            @Nullable Problem refusal, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            problems.refuse(refusal, request, response);
        }
    }

    private @Nullable Problem crowdedRefusal(HttpServletRequest request) {
        return crowded.getAsBoolean()
                ? Problems.of(new ConsensusException.Overloaded("too many passwords wait to be hashed"), request)
                : null;
    }
}
