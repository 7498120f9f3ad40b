package io.muster.users;

import io.muster.users.store.User;

/** Asks to insert an administrator, if there is none. */
record AddFirstAdministrator(User user) implements RegistryCommand {

    AddFirstAdministrator {
        if (!user.access().administers() || !user.isNew()) {
            throw new IllegalArgumentException("the first administrator is new, and may administer");
        }
    }
}
