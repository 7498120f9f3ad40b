package io.muster.users;

/** The name is unknown, or the password is not that of the user: which of the two is not said. */
public final class InvalidCredentialsException extends RegistryException {

    private static final long serialVersionUID = 1L;

    InvalidCredentialsException() {
        super("the username or the password is wrong");
    }
}
