package io.muster.users;

import java.util.UUID;

/**
 * A login that succeeded.
 *
 * @param username as stored, after case mapping
 * @param index log index of the state that was read
 */
public record LoggedIn(UUID id, String username, long index) {}
