package io.muster.users.store;

import java.util.UUID;

/**
 * A registered user.
 *
 * @param username normalised
 * @param createdAtMillis milliseconds since the epoch
 */
public record User(UUID id, String username, PasswordHash passwordHash, long createdAtMillis) {}
