package io.muster.users;

import io.muster.users.store.PasswordHash;

/** A password hash that can be verified. */
sealed interface StoredHash permits Argon2Hash, BcryptHash {

    /**
     * A hash out of its text. Refuses with an {@link IllegalArgumentException}, which does not contain the text, what is out of
     * form or bounds.
     */
    static StoredHash parse(PasswordHash hash) {
        return BcryptHash.isOne(hash) ? BcryptHash.parse(hash) : Argon2Hash.parse(hash);
    }

    /** Whether it is of that password; in constant time for one length of hash. */
    boolean matches(Argon2 argon2, Password password);

    /** Its text. */
    PasswordHash encode();
}
