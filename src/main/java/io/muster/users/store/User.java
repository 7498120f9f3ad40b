package io.muster.users.store;

import io.muster.raft.Bytes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered user.
 *
 * @param username normalised
 * @param createdAtMillis milliseconds since the epoch
 * @param requestKey SHA-256 of the Idempotency-Key of the registration, null where it had none
 * @param resetCode null where there is none
 */
public record User(
        UUID id,
        String username,
        PasswordHash passwordHash,
        long createdAtMillis,
        @Nullable Bytes requestKey,
        Access access,
        @Nullable ResetCode resetCode) {

    /** The number of bytes of a request key. */
    static final int REQUEST_KEY_BYTES = 32;

    public User {
        if (requestKey != null && requestKey.size() != REQUEST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a request key has " + REQUEST_KEY_BYTES + " bytes, not " + requestKey.size());
        }
    }

    /** A user who has just registered, without an Idempotency-Key. */
    public User(UUID id, String username, PasswordHash passwordHash, long createdAtMillis) {
        this(id, username, passwordHash, createdAtMillis, null, Access.INITIAL, null);
    }

    /** Whether nothing has happened to the user yet. */
    public boolean isNew() {
        return requestKey == null
                && resetCode == null
                && access.epoch() == 0
                && access.lock().equals(Lock.NONE);
    }

    /** The same, registered under that request key; null for none. */
    public User withRequestKey(@Nullable Bytes key) {
        return new User(id, username, passwordHash, createdAtMillis, key, access, resetCode);
    }

    /** The same with another password. */
    public User withPasswordHash(PasswordHash hash) {
        return new User(id, username, hash, createdAtMillis, requestKey, access, resetCode);
    }

    /** The same with other access. */
    public User withAccess(Access changed) {
        return new User(id, username, passwordHash, createdAtMillis, requestKey, changed, resetCode);
    }

    /** The same with that reset code; null for none. */
    public User withResetCode(@Nullable ResetCode code) {
        return new User(id, username, passwordHash, createdAtMillis, requestKey, access, code);
    }
}
