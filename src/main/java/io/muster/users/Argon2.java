package io.muster.users;

import io.muster.raft.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Computes Argon2id (RFC 9106) with the pepper that a hash names. For one thread at a time. */
final class Argon2 {

    private final Argon2Function function;
    private final Peppers peppers;

    Argon2(Argon2Function function, Peppers peppers) {
        this.function = function;
        this.peppers = peppers;
    }

    /** @param pepperId of one of the peppers, null for none */
    Bytes tag(
            Password password,
            HashParameters parameters,
            int lanes,
            Bytes salt,
            int tagBytes,
            @Nullable String pepperId) {
        byte[] pepper = pepperId == null ? new byte[0] : peppers.secret(pepperId);
        byte[] utf8 = password.toUtf8();
        byte[] tag = new byte[tagBytes];
        try {
            function.fill(tag, utf8, salt.toByteArray(), pepper, parameters, lanes);
            return Bytes.copyOf(tag);
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(pepper, (byte) 0);
            Arrays.fill(tag, (byte) 0);
        }
    }
}
