package io.muster.users.store;

import io.muster.raft.Bytes;

/**
 * Lets a user set a password once without the current one.
 *
 * @param hash SHA-256 of the code, 32 bytes
 * @param expiresAtMillis milliseconds since the epoch
 */
public record ResetCode(Bytes hash, long expiresAtMillis) {

    private static final int HASH_BYTES = 32;

    public ResetCode {
        if (hash.size() != HASH_BYTES) {
            throw new IllegalArgumentException("a hash of a reset code has 32 bytes, not " + hash.size());
        }
    }
}
