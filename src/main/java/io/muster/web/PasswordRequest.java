package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** What a call takes that asks for the password again. Never shown by {@link #toString}. */
@Schema(name = "PasswordConfirmation", additionalProperties = AdditionalPropertiesValue.FALSE)
record PasswordRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, example = "correct horse battery")
        @JsonProperty("password")
        @Nullable
        String password) {

    /** The password, not valid yet. */
    String checked() {
        return MalformedRequestException.required("password", password);
    }

    @Override
    public String toString() {
        return "PasswordRequest[redacted]";
    }
}
