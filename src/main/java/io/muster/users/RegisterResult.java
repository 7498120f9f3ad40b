package io.muster.users;

import io.muster.users.store.User;

/** What applying a {@link RegisterCommand} did. */
sealed interface RegisterResult extends RegistryResult {

    /** The user was inserted. */
    record Registered() implements RegisterResult {}

    /** Another user holds the name; nothing changed. */
    record Conflict() implements RegisterResult {}

    /** The request key was seen before, nothing changed: the user registered then. */
    record Replayed(User user) implements RegisterResult {}
}
