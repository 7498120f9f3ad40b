package io.muster.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.LoggedIn;
import io.muster.users.token.RefreshToken;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** The answer to a login, with the names of RFC 6749, section 5.1. Never shown by {@link #toString}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Session")
record SessionBody(
        @Schema(description = "A JWT, signed by ES256 (RFC 9068)", example = "eyJhbGciOiJFUzI1NiIs...")
        @JsonProperty("access_token")
        String accessToken,

        @Schema(allowableValues = "Bearer", example = "Bearer") @JsonProperty("token_type")
        String tokenType,

        @Schema(description = "For how many seconds the access token is good", example = "900")
        @JsonProperty("expires_in")
        long expiresIn,

        @Schema(
                description = "Good once, for another access token; absent unless the settings have refresh tokens",
                example = "BmdwoqtRQCGgnZn2g...")
        @JsonProperty("refresh_token")
        @Nullable
        String refreshToken,

        @Schema(description = "For how many seconds the refresh token is good", example = "2592000")
        @JsonProperty("refresh_expires_in")
        @Nullable
        Long refreshExpiresIn,

        User user) {

    /** A user as a login tells of him. */
    @Schema(name = "LoggedInUser")
    record User(
            @Schema(example = Examples.ID) UUID id,

            @Schema(example = "user1") String username) {}

    /** @param refreshLifetime of refresh tokens; empty where there are none */
    static ResponseEntity<SessionBody> answer(LoggedIn session, Optional<Duration> refreshLifetime) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(RaftHeaders.INDEX, Long.toString(session.index()))
                .body(new SessionBody(
                        session.token().value(),
                        "Bearer",
                        session.token().lifetime().toSeconds(),
                        session.refreshToken().map(RefreshToken::value).orElse(null),
                        refreshLifetime.map(Duration::toSeconds).orElse(null),
                        new User(session.id(), session.username())));
    }

    @Override
    public String toString() {
        return "SessionBody[redacted]";
    }
}
