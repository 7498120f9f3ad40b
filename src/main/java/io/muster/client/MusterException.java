package io.muster.client;

/** A call that did not succeed. Holds no secret. */
public abstract sealed class MusterException extends RuntimeException permits RefusedException, UnavailableException {

    private static final long serialVersionUID = 1L;

    MusterException(String message) {
        super(message);
    }
}
