package io.muster.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.util.Map;

/**
 * What is asked of one server after the other.
 *
 * @param effect what a second try might do
 */
record Request(String method, String path, Map<String, String> headers, BodyPublisher body, Effect effect) {

    /** What a second try might do, after one of which nobody knows what became of it. */
    enum Effect {
        /** Nothing is changed. */
        READ,
        /** The second does not add to the first. */
        IDEMPOTENT,
        /** The second may be refused because of the first, or do more. */
        ONCE
    }

    Request {
        headers = Map.copyOf(headers);
    }

    /** Without headers and body, which hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
