package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** What sets a password by a reset code. Never shown by {@link #toString}. */
@Schema(name = "PasswordReset", additionalProperties = AdditionalPropertiesValue.FALSE)
record ResetRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, example = "user1") @JsonProperty("username") @Nullable
        String username,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                description = "From an administrator",
                example = "7Z3QK-0M1XN-9RB2T-H4DVC")
        @JsonProperty("code")
        @Nullable
        String code,

        @Schema(requiredMode = RequiredMode.REQUIRED, example = "staple of a battery horse")
        @JsonProperty("new")
        @Nullable
        String replacement) {

    /** The same, complete. */
    Complete checked() {
        return new Complete(
                MalformedRequestException.required("username", username),
                MalformedRequestException.required("code", code),
                MalformedRequestException.required("new", replacement));
    }

    @Override
    public String toString() {
        return "ResetRequest[redacted]";
    }

    /** What was sent; nothing of it is valid yet. */
    record Complete(String username, String code, String replacement) {
        @Override
        public String toString() {
            return "Complete[redacted]";
        }
    }
}
