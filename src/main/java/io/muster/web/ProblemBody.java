package io.muster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.users.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The JSON of a problem: RFC 9457 with members of its own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "What went wrong (RFC 9457). Holds no value that was sent.")
public record ProblemBody(
        @Schema(format = "uri", example = "urn:muster:problem:username-taken")
        String type,

        @Schema(description = "The reason phrase of the status")
        String title,

        int status,

        @Schema(description = "What was wrong and what to do, for people")
        String detail,

        @Schema(description = "Stable, for programs") String code,

        @Schema(description = "By which the log tells of this request", pattern = "^[0-9a-f]{32}$")
        String traceId,

        @Schema(description = "The rules that were broken, where code is policy-violation") @Nullable
        List<Violation> errors,

        @Schema(
                description = "Of a write that was answered with 503: whether it may have taken effect",
                allowableValues = {"not-applied", "unknown"})
        @Nullable
        String outcome) {

    /** The problem of a type, told as that type is. */
    public static ProblemBody of(
            ProblemType type, String traceId, @Nullable List<Violation> errors, @Nullable String outcome) {
        return of(type, type.status(), type.detail(), traceId, errors, outcome);
    }

    static ProblemBody of(
            ProblemType type,
            HttpStatus status,
            String detail,
            String traceId,
            @Nullable List<Violation> errors,
            @Nullable String outcome) {
        return new ProblemBody(
                "urn:muster:problem:" + type.code(),
                status.getReasonPhrase(),
                status.value(),
                detail,
                type.code(),
                traceId,
                errors,
                outcome);
    }
}
