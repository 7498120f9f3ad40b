package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.Sha256;

/** An Idempotency-Key as it travels: its SHA-256, so that its length is fixed and its text is the client's own. */
final class RequestKey {

    private static final int MAXIMUM_CHARACTERS = 255;

    private RequestKey() {}

    static Bytes of(String idempotencyKey) {
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > MAXIMUM_CHARACTERS) {
            throw new InvalidIdempotencyKeyException();
        }
        return Sha256.of(idempotencyKey);
    }
}
