package io.muster.users.store;

import io.muster.raft.Bytes;
import java.util.Comparator;

/**
 * A key that signs tokens.
 *
 * @param id RFC 7638 thumbprint of the public key, not empty
 * @param publicKey X.509 SubjectPublicKeyInfo, DER, not empty
 * @param wrappedPrivateKey encrypted; what it is wrapped with is nowhere in the state; not empty
 * @param createdAtMillis milliseconds since the epoch
 * @param signsFromMillis milliseconds since the epoch; before, it is only published
 */
public record SigningKey(
        String id, Bytes publicKey, Bytes wrappedPrivateKey, long createdAtMillis, long signsFromMillis) {

    /** By when they begin to sign. */
    public static final Comparator<SigningKey> OLDEST_FIRST =
            Comparator.comparingLong(SigningKey::signsFromMillis).thenComparing(SigningKey::id);

    public SigningKey {
        if (id.isEmpty() || publicKey.size() == 0 || wrappedPrivateKey.size() == 0) {
            throw new IllegalArgumentException("a signing key has an id, a public and a private part");
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
