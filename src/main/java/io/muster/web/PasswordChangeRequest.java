package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** What a change of password takes. Never shown by {@link #toString}. */
@Schema(name = "PasswordChange", additionalProperties = AdditionalPropertiesValue.FALSE)
record PasswordChangeRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, example = "correct horse battery")
        @JsonProperty("current")
        @Nullable
        String current,

        @Schema(requiredMode = RequiredMode.REQUIRED, example = "staple of a battery horse")
        @JsonProperty("new")
        @Nullable
        String replacement) {

    /** The same, complete. */
    Complete checked() {
        return new Complete(
                MalformedRequestException.required("current", current),
                MalformedRequestException.required("new", replacement));
    }

    @Override
    public String toString() {
        return "PasswordChangeRequest[redacted]";
    }

    /** Both passwords as they were sent; neither is valid yet. */
    record Complete(String current, String replacement) {
        @Override
        public String toString() {
            return "Complete[redacted]";
        }
    }
}
