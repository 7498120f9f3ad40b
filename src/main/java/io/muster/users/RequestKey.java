package io.muster.users;

import io.muster.raft.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An Idempotency-Key as it travels: its SHA-256, so that its length is fixed and its text is the client's own. */
final class RequestKey {

    private static final int MAXIMUM_CHARACTERS = 255;

    private RequestKey() {}

    static Bytes of(String idempotencyKey) {
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > MAXIMUM_CHARACTERS) {
            throw new InvalidIdempotencyKeyException();
        }
        try {
            byte[] utf8 = idempotencyKey.getBytes(StandardCharsets.UTF_8);
            return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(utf8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
