package io.muster.users.token;

/** A token is none of ours, or has expired. The message does not contain it. */
public final class InvalidAccessTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidAccessTokenException(String message) {
        super(message);
    }
}
