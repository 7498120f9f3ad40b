package io.muster.users;

/** Nobody would be left who may administer users. Nothing changed. */
public final class LastAdministratorException extends RegistryException {

    private static final long serialVersionUID = 1L;

    LastAdministratorException() {
        super("the last administrator stays one");
    }
}
