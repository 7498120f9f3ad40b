package io.muster.client;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A user who was registered. */
public record RegisteredUser(UUID id, String username, Instant createdAt) {

    public RegisteredUser {
        Objects.requireNonNull(id);
        Objects.requireNonNull(username);
        Objects.requireNonNull(createdAt);
    }
}
