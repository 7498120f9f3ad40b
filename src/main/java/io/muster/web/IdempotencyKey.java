package io.muster.web;

import org.jspecify.annotations.Nullable;

/** The header Idempotency-Key, and the one that marks a replay. */
final class IdempotencyKey {

    static final String REPLAYED = "Idempotency-Replayed";

    private IdempotencyKey() {}

    /** The key without the quotes that a structured field string (RFC 8941) has around it; null for none. */
    static @Nullable String unquoted(@Nullable String header) {
        if (header != null && header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"")) {
            return header.substring(1, header.length() - 1);
        }
        return header;
    }
}
