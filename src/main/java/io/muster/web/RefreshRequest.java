package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** What a refresh, or the end of a session, takes. Never shown by {@link #toString}. */
@Schema(name = "Refresh", additionalProperties = AdditionalPropertiesValue.FALSE)
record RefreshRequest(
        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                description = "Of the last answer",
                example = "BmdwoqtRQCGgnZn2g...")
        @JsonProperty("refresh_token")
        @Nullable
        String refreshToken) {

    /** The token, not valid yet. */
    String checked() {
        return MalformedRequestException.required("refresh_token", refreshToken);
    }

    @Override
    public String toString() {
        return "RefreshRequest[redacted]";
    }
}
