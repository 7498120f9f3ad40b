package io.muster.web;

/** A call that needs a token has none. */
final class MissingTokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingTokenException() {
        super("the call needs a token", null, false, false);
    }
}
