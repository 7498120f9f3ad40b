package io.muster.users;

import io.muster.users.store.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A user as he can be imported elsewhere. Never shows his hash in {@link #toString}. */
public record ExportedUser(
        UUID id, String username, String hash, Instant createdAt, List<String> roles, boolean disabled) {

    static ExportedUser of(User user) {
        return new ExportedUser(
                user.id(),
                user.username(),
                user.passwordHash().phc(),
                Instant.ofEpochMilli(user.createdAtMillis()),
                user.access().roles(),
                user.access().disabled());
    }

    @Override
    public String toString() {
        return "ExportedUser[redacted]";
    }
}
