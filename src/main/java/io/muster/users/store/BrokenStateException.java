package io.muster.users.store;

/** A state does not hold the records that were written to it. */
final class BrokenStateException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenStateException(String message) {
        super(message);
    }
}
