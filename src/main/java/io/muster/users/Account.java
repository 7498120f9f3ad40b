package io.muster.users;

import io.muster.users.store.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A user as he may see himself, and as administrators see him.
 *
 * @param username as stored, after case mapping
 * @param createdAt to the millisecond
 * @param roles in order
 * @param index log index of the state that was read
 */
public record Account(UUID id, String username, Instant createdAt, boolean disabled, List<String> roles, long index) {

    static Account of(User user, long index) {
        return new Account(
                user.id(),
                user.username(),
                Instant.ofEpochMilli(user.createdAtMillis()),
                user.access().disabled(),
                user.access().roles(),
                index);
    }
}
