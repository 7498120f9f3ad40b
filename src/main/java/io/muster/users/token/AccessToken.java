package io.muster.users.token;

import io.muster.users.store.Sha256;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A token as its user gets it. Never shows in {@link #toString}.
 *
 * @param value the compact JWS
 * @param lifetime from now on
 */
public record AccessToken(String value, Duration lifetime) {

    private static final int FINGERPRINT_BYTES = 8;

    /** Tells tokens apart in a log, and opens nothing: the first 8 bytes of its SHA-256, in hexadecimal. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Sha256.of(value).toByteArray(), 0, FINGERPRINT_BYTES);
    }

    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
