package io.muster.users;

/** Only administrators may register users here. Nothing changed. */
public final class RegistrationClosedException extends RegistryException {

    private static final long serialVersionUID = 1L;

    RegistrationClosedException() {
        super("only administrators may register users");
    }
}
