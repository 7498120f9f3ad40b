package io.muster.client;

import java.time.Instant;
import java.util.Objects;

/** A code by which a user may set a password once. Never shown by {@link #toString}. */
public record ResetCode(String code, Instant expiresAt) {

    public ResetCode {
        Objects.requireNonNull(code);
        Objects.requireNonNull(expiresAt);
    }

    @Override
    public String toString() {
        return "ResetCode[redacted]";
    }
}
