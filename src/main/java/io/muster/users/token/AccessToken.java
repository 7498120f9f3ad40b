package io.muster.users.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
