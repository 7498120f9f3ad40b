package io.muster.web;

/** The request is not of the form that this service takes. The message holds no value that was sent. */
final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
        super(message, null, false, false);
    }
}
