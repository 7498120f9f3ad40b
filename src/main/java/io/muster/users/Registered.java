package io.muster.users;

import java.time.Instant;
import java.util.UUID;

/**
 * A registration that is in the log of a majority.
 *
 * @param username as stored, after case mapping
 * @param createdAt by the clock of the replica that was asked first, to the millisecond
 * @param replayed whether this request was answered before, under its idempotency key
 * @param index place in the log; a read at or above it sees the user
 */
public record Registered(UUID id, String username, Instant createdAt, boolean replayed, long index) {}
