package io.muster.users;

import java.util.Objects;

/** A caller who may administer users. */
public final class Administrator {

    private final Caller caller;

    Administrator(Caller caller) {
        this.caller = Objects.requireNonNull(caller);
    }

    /** The same as asked for by him. */
    RegistryCommand asking(RegistryCommand command) {
        return new ByAdministrator(caller.userId(), caller.user().access().epoch(), command);
    }

    Deadline deadline() {
        return caller.deadline();
    }
}
