package io.muster.users;

/** Another user holds the name, as it is after case mapping. Nothing changed. */
public final class UsernameTakenException extends RegistryException {

    private static final long serialVersionUID = 1L;

    UsernameTakenException() {
        super("the username is taken");
    }
}
