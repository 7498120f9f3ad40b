package io.muster.users;

/** A hash was made with a pepper that this replica was not given, so that nobody's password can be told by it. */
public final class UnknownPepperException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownPepperException(String id) {
        super("a hash takes the pepper " + id
                + ", which muster.passwords.pepper-file does not have; it must have the same"
                + " on all replicas, and those of before");
    }
}
