package io.muster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.Violation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error, as RFC 9457 problem details.
 *
 * @param code what scripts compare; stable
 * @param detail what was wrong and what to do; holds no value that was sent
 * @param errors the rules that were broken, null unless that is the problem
 * @param outcome of a write that failed: {@code not-applied} or {@code unknown}; null where no write was asked for
 * @param retryAfterSeconds when to try again, null where that would not help; becomes the header Retry-After
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        HttpStatus httpStatus,
        String code,
        String detail,
        @Nullable List<Violation> errors,
        @Nullable String outcome,
        @Nullable Integer retryAfterSeconds) {

    static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail, null, null, null);
    }

    static Problem malformed(String detail) {
        return of(HttpStatus.BAD_REQUEST, "malformed-request", detail);
    }

    static Problem violations(List<Violation> errors) {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "policy-violation",
                "a value breaks a rule; see errors",
                List.copyOf(errors),
                null,
                null);
    }

    static Problem unavailable(String code, String detail, @Nullable String outcome) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, null, outcome, 1);
    }

    /** @param wait until it would not be so, in whole seconds then, rounded up */
    static Problem tooManyRequests(Duration wait) {
        int seconds = (int) wait.plusSeconds(1).minusNanos(1).toSeconds();
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                "too many requests come from this address; try again later",
                null,
                null,
                seconds);
    }

    /** What goes over the wire. */
    Body body(String traceId) {
        return new Body(
                "urn:muster:problem:" + code,
                httpStatus.getReasonPhrase(),
                httpStatus.value(),
                detail,
                code,
                traceId,
                errors,
                outcome);
    }

    /** The JSON of a problem. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @JsonProperty("traceId") String traceId,
            @Nullable List<Violation> errors,
            @Nullable String outcome) {}
}
