package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.User;
import org.jspecify.annotations.Nullable;

/**
 * Asks to insert a user.
 *
 * @param requestKey SHA-256 of the Idempotency-Key, null where the request had none
 */
record RegisterCommand(User user, @Nullable Bytes requestKey) {}
