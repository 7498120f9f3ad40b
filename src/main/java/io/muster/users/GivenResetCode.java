package io.muster.users;

import java.time.Instant;

/**
 * A reset code as an administrator gets it, once. Never shown by {@link #toString}.
 *
 * @param index its place in the log
 */
public record GivenResetCode(String code, Instant expiresAt, long index) {

    @Override
    public String toString() {
        return "GivenResetCode[redacted]";
    }
}
