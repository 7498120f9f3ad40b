package io.muster.web;

import org.jspecify.annotations.Nullable;

/** The request is not of the form that this service takes. The message holds no value that was sent. */
final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The value of a field that must be there. */
    static String required(String field, @Nullable String value) {
        if (value == null) {
            throw new MalformedRequestException("the field '" + field + "' is missing");
        }
        return value;
    }

    MalformedRequestException(String message) {
        super(message, null, false, false);
    }
}
