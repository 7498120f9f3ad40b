package io.muster.users.store;

import io.muster.raft.Bytes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered user.
 *
 * @param username normalised
 * @param createdAtMillis milliseconds since the epoch
 * @param requestKey SHA-256 of the Idempotency-Key of the registration, null where it had none
 * @param resetCode null where there is none
 * @param families of refresh tokens, which end with the epoch
 */
public record User(
        UUID id,
        String username,
        PasswordHash passwordHash,
        long createdAtMillis,
        @Nullable Bytes requestKey,
        Access access,
        @Nullable ResetCode resetCode,
        List<TokenFamily> families) {

    /** The number of bytes of a request key. */
    static final int REQUEST_KEY_BYTES = 32;

    public User {
        families = List.copyOf(families);
        if (requestKey != null && requestKey.size() != REQUEST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a request key has " + REQUEST_KEY_BYTES + " bytes, not " + requestKey.size());
        }
    }

    /** A user who has just registered, without an Idempotency-Key. */
    public User(UUID id, String username, PasswordHash passwordHash, long createdAtMillis) {
        this(id, username, passwordHash, createdAtMillis, null, Access.INITIAL, null, List.of());
    }

    /** Whether nothing has happened to the user yet. */
    public boolean isNew() {
        return requestKey == null
                && resetCode == null
                && families.isEmpty()
                && access.epoch() == 0
                && access.lock().equals(Lock.NONE);
    }

    /** The same, registered under that request key; null for none. */
    public User withRequestKey(@Nullable Bytes key) {
        return new User(id, username, passwordHash, createdAtMillis, key, access, resetCode, families);
    }

    /** The same with another password. */
    public User withPasswordHash(PasswordHash hash) {
        return new User(id, username, hash, createdAtMillis, requestKey, access, resetCode, families);
    }

    /** The same with other access; another epoch ends all refresh tokens. */
    public User withAccess(Access changed) {
        List<TokenFamily> left = changed.epoch() == access.epoch() ? families : List.of();
        return new User(id, username, passwordHash, createdAtMillis, requestKey, changed, resetCode, left);
    }

    /** The same with that reset code; null for none. */
    public User withResetCode(@Nullable ResetCode code) {
        return new User(id, username, passwordHash, createdAtMillis, requestKey, access, code, families);
    }

    /** The same with other families of refresh tokens. */
    public User withFamilies(List<TokenFamily> changed) {
        return new User(id, username, passwordHash, createdAtMillis, requestKey, access, resetCode, changed);
    }
}
