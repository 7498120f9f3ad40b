package io.muster.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body without repeating any of it: Jackson's own messages quote what was sent. */
final class JsonErrors {

    private JsonErrors() {}

    static Problem problemOf(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedRequest.TooLargeException) {
                return Problem.of(ProblemType.BODY_TOO_LARGE);
            }
        }
        return Problem.malformed(describe(failure.getCause()));
    }

    static String describe(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException _ -> "the body has a field that this call does not take";
            case StreamReadException invalid -> "the body is no valid JSON" + location(invalid);
            case MismatchedInputException mismatched ->
                "a value of the body is of the wrong type" + location(mismatched);
            case JacksonException invalid -> "the body is no valid JSON" + location(invalid);
            case null, default -> "a JSON body is required";
        };
    }

    private static String location(JacksonException failure) {
        var location = failure.getLocation();
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
