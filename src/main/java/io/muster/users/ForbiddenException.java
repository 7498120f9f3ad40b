package io.muster.users;

/** The token is valid, and its user may not do this. */
public final class ForbiddenException extends RegistryException {

    private static final long serialVersionUID = 1L;

    ForbiddenException() {
        super("the user may not do this");
    }
}
