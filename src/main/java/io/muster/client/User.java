package io.muster.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A user as administrators see him.
 *
 * @param lockedUntil logins are refused until then, for too many wrong passwords
 */
public record User(
        UUID id,
        String username,
        Instant createdAt,
        boolean disabled,
        List<String> roles,
        Optional<Instant> lockedUntil) {

    public User {
        Objects.requireNonNull(id);
        Objects.requireNonNull(username);
        Objects.requireNonNull(createdAt);
        roles = List.copyOf(roles);
    }
}
