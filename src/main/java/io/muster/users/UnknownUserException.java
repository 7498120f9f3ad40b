package io.muster.users;

/** No user has that id. */
public final class UnknownUserException extends RegistryException {

    private static final long serialVersionUID = 1L;

    UnknownUserException() {
        super("there is no user of that id");
    }
}
