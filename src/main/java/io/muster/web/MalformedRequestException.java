package io.muster.web;

import java.util.List;
import java.util.Objects;
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

    /** The values of a field that is a list of strings; null where it is not there. */
    static @Nullable List<String> strings(String field, @Nullable List<@Nullable String> values) {
        if (values != null && values.stream().anyMatch(Objects::isNull)) {
            throw new MalformedRequestException("the field '" + field + "' is a list of strings");
        }
        return values == null ? null : List.copyOf(values);
    }

    MalformedRequestException(String message) {
        super(message, null, false, false);
    }
}
