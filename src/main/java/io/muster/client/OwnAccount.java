package io.muster.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A user as he may see himself. */
public record OwnAccount(UUID id, String username, Instant createdAt, List<String> roles) {

    public OwnAccount {
        Objects.requireNonNull(id);
        Objects.requireNonNull(username);
        Objects.requireNonNull(createdAt);
        roles = List.copyOf(roles);
    }
}
