package io.muster.users;

import io.muster.users.store.Lock;
import io.muster.users.store.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as he may see himself, and as administrators see him.
 *
 * @param username as stored, after case mapping
 * @param createdAt to the millisecond
 * @param disabled whether the user may not log in
 * @param roles in order
 * @param lockedUntil the end of the last lock after too many wrong passwords, null where there was none
 * @param index log index of the state that was read
 */
public record Account(
        UUID id,
        String username,
        Instant createdAt,
        boolean disabled,
        List<String> roles,
        @Nullable Instant lockedUntil,
        long index) {

    static Account of(User user, long index) {
        return new Account(
                user.id(),
                user.username(),
                Instant.ofEpochMilli(user.createdAtMillis()),
                user.access().disabled(),
                user.access().roles(),
                lockedUntil(user.access().lock()),
                index);
    }

    private static @Nullable Instant lockedUntil(Lock lock) {
        return lock.equals(Lock.NONE) ? null : Instant.ofEpochMilli(lock.untilMillis());
    }
}
