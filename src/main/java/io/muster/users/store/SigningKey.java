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
 * @param number its place among the keys, 1 for the first; 0 as long as it has none
 */
public record SigningKey(
        String id, Bytes publicKey, Bytes wrappedPrivateKey, long createdAtMillis, long signsFromMillis, long number) {

    /** By their places: clocks may differ, places do not. */
    public static final Comparator<SigningKey> OLDEST_FIRST =
            Comparator.comparingLong(SigningKey::number).thenComparing(SigningKey::id);

    public SigningKey {
        if (number < 0) {
            throw new IllegalArgumentException("the place of a key is 0 or greater, not " + number);
        }
        if (id.isEmpty() || publicKey.size() == 0 || wrappedPrivateKey.size() == 0) {
            throw new IllegalArgumentException("a signing key has an id, a public and a private part");
        }
    }

    /** A key that has no place yet. */
    public SigningKey(String id, Bytes publicKey, Bytes wrappedPrivateKey, long createdAtMillis, long signsFromMillis) {
        this(id, publicKey, wrappedPrivateKey, createdAtMillis, signsFromMillis, 0);
    }

    /** The same at that place. */
    public SigningKey withNumber(long place) {
        return new SigningKey(id, publicKey, wrappedPrivateKey, createdAtMillis, signsFromMillis, place);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
