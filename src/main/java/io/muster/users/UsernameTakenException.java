package io.muster.users;

/** Another user holds the name, as it is after case mapping. Nothing changed. */
public final class UsernameTakenException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final long index;

    UsernameTakenException(long index) {
        super("the username is taken");
        this.index = index;
    }

    /** The place in the log as of which the name is taken. */
    public long index() {
        return index;
    }
}
