package io.muster.users.token;

import java.time.Duration;

/**
 * A token as its user gets it. Never shows in {@link #toString}.
 *
 * @param value the compact JWS
 * @param lifetime from now on
 */
public record AccessToken(String value, Duration lifetime) {

    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
