package io.muster.users;

/** A token is none of ours, has expired, or is of a session that has ended. */
public final class InvalidTokenException extends RegistryException {

    private static final long serialVersionUID = 1L;

    InvalidTokenException() {
        super("the token is not valid, or not any more");
    }
}
