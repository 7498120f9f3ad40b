package io.muster.users;

import java.util.List;

/**
 * What applying {@link ImportUsers} did.
 *
 * @param outcomes in the order of the users
 */
record ImportResult(List<Outcome> outcomes) implements RegistryResult {

    /** What became of one user. */
    enum Outcome {
        /** The user was inserted. */
        CREATED,
        /** Another user holds the name or the id; nothing changed. */
        CONFLICT,
        /** The user of that id holds that name already; nothing changed. */
        PRESENT
    }

    ImportResult {
        outcomes = List.copyOf(outcomes);
    }
}
