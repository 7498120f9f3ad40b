package io.muster.users;

import java.util.Objects;

/** A caller who may administer users. */
public final class Administrator {

    private final Caller caller;

    Administrator(Caller caller) {
        this.caller = Objects.requireNonNull(caller);
    }

    Deadline deadline() {
        return caller.deadline();
    }
}
