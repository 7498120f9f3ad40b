package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * What register and login take. Both are there once {@link #checked} has been called.
 *
 * @param password never shown by {@link #toString}
 */
@Schema(name = "Credentials", additionalProperties = AdditionalPropertiesValue.FALSE)
record CredentialsRequest(
        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                description = "3 to 64 characters, in any case (RFC 8265)",
                example = "user1")
        @JsonProperty("username")
        @Nullable
        String username,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                description = "Of 8 characters or more, unless the settings say otherwise",
                example = "correct horse battery")
        @JsonProperty("password")
        @Nullable
        String password) {

    /** The same, complete. */
    Complete checked() {
        return new Complete(
                MalformedRequestException.required("username", username),
                MalformedRequestException.required("password", password));
    }

    @Override
    public String toString() {
        return "CredentialsRequest[redacted]";
    }

    /** A name and a password that were sent; neither is valid yet. */
    record Complete(String username, String password) {
        @Override
        public String toString() {
            return "Complete[redacted]";
        }
    }
}
