package io.muster.web;

import io.muster.users.Violation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error, as RFC 9457 problem details.
 *
 * @param status of the type, unless the framework has found a closer one
 * @param detail what was wrong and what to do; holds no value that was sent
 * @param errors the rules that were broken, null unless that is the problem
 * @param outcome of a write that failed: {@code not-applied} or {@code unknown}; null where no write was asked for
 * @param retryAfterSeconds when to try again, null where that would not help; becomes the header Retry-After
 */
record Problem(
        ProblemType type,
        HttpStatus status,
        String detail,
        @Nullable List<Violation> errors,
        @Nullable String outcome,
        @Nullable Integer retryAfterSeconds) {

    static Problem of(ProblemType type) {
        return of(type, type.status(), type.detail());
    }

    static Problem of(ProblemType type, HttpStatus status, String detail) {
        return new Problem(type, status, detail, null, null, null);
    }

    static Problem malformed(String detail) {
        return of(ProblemType.MALFORMED_REQUEST, HttpStatus.BAD_REQUEST, detail);
    }

    static Problem violations(List<Violation> errors) {
        ProblemType type = ProblemType.POLICY_VIOLATION;
        return new Problem(type, type.status(), type.detail(), List.copyOf(errors), null, null);
    }

    static Problem unavailable(ProblemType type, String detail, @Nullable String outcome) {
        return new Problem(type, type.status(), detail, null, outcome, 1);
    }

    /** @param wait until it would not be so, in whole seconds then, rounded up */
    static Problem tooManyRequests(Duration wait) {
        ProblemType type = ProblemType.TOO_MANY_REQUESTS;
        int seconds = (int) wait.plusSeconds(1).minusNanos(1).toSeconds();
        return new Problem(type, type.status(), type.detail(), null, null, seconds);
    }

    /** What goes over the wire. */
    ProblemBody body(String traceId) {
        return ProblemBody.of(type, status, detail, traceId, errors, outcome);
    }
}
