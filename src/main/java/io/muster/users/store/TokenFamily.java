package io.muster.users.store;

import io.muster.raft.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The refresh tokens that have come of one login, each in place of the one before. Of a generation there is one, or a few where
 * several asked with the same token at a time.
 *
 * @param current SHA-256 of those that are good, 1 to {@link #MAXIMUM_GENERATION}
 * @param previous SHA-256 of those that they replaced
 * @param rotatedAtMillis when that was, by the time stamps of the log; of the login at first
 * @param expiresAtMillis when the current ones end, likewise
 */
public record TokenFamily(
        UUID id, List<Bytes> current, List<Bytes> previous, long rotatedAtMillis, long expiresAtMillis) {

    /** How many of a generation there may be. */
    public static final int MAXIMUM_GENERATION = 4;

    private static final int HASH_BYTES = 32;
    private static final long MAXIMUM_LIFETIME_MILLIS = Duration.ofDays(366).toMillis();

    public TokenFamily {
        current = List.copyOf(current);
        previous = List.copyOf(previous);
        if (current.isEmpty() || current.size() > MAXIMUM_GENERATION || previous.size() > MAXIMUM_GENERATION) {
            throw new IllegalArgumentException("a generation has 1 to " + MAXIMUM_GENERATION + " refresh tokens");
        }
        requireHashes(current);
        requireHashes(previous);
    }

    /** Refuses with an {@link IllegalArgumentException} a lifetime that no refresh token has. */
    public static void requireLifetime(long millis) {
        if (millis <= 0 || millis > MAXIMUM_LIFETIME_MILLIS) {
            throw new IllegalArgumentException("a refresh token lives for a year at most, not for " + millis + " ms");
        }
    }

    /** Refuses with an {@link IllegalArgumentException} what is no hash of a refresh token. */
    public static void requireHashes(List<Bytes> hashes) {
        if (hashes.stream().anyMatch(hash -> hash.size() != HASH_BYTES)) {
            throw new IllegalArgumentException("a hash of a refresh token has " + HASH_BYTES + " bytes");
        }
    }
}
