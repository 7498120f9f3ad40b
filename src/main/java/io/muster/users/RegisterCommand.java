package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.User;
import org.jspecify.annotations.Nullable;

/** Asks to insert a user. */
record RegisterCommand(User user) implements RegistryCommand {

    /** SHA-256 of the Idempotency-Key, null where the request had none. */
    @Nullable
    Bytes requestKey() {
        return user.requestKey();
    }
}
