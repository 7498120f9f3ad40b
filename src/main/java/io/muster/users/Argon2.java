package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Computes Argon2id (RFC 9106) with the pepper that a hash names. For one thread at a time. */
final class Argon2 {

    /** RFC 9106, section 4, where memory is constrained. More is seldom, and only in hashes of elsewhere. */
    private static final int COMMON_MEMORY_KIB = 64 * 1024;

    private final Argon2Function function;
    private final Peppers peppers;
    private final int usualMemoryKib;
    private final Semaphore larger;

    /**
     * Made for hashes of these parameters; others work.
     *
     * @param larger one permit for all who hash: there may be memory for several usual hashes, and not for a second one that is larger
     */
    Argon2(HashParameters parameters, Peppers peppers, Semaphore larger) {
        this(Argon2Function.fastest(parameters), parameters, peppers, larger);
    }

    Argon2(Argon2Function function, HashParameters parameters, Peppers peppers, Semaphore larger) {
        this.function = function;
        this.peppers = peppers;
        this.usualMemoryKib = Math.max(parameters.memoryKib(), COMMON_MEMORY_KIB);
        this.larger = larger;
    }

    /**
     * Throws {@link ConsensusException.Overloaded} where there is no memory for it now.
     *
     * @param pepperId of one of the peppers, null for none
     */
    Bytes tag(
            Password password,
            HashParameters parameters,
            int lanes,
            Bytes salt,
            int tagBytes,
            @Nullable String pepperId) {
        if (parameters.memoryKib() <= usualMemoryKib) {
            return compute(password, parameters, lanes, salt, tagBytes, pepperId);
        }
        if (!larger.tryAcquire()) {
            throw new ConsensusException.Overloaded(
                    "another hash that takes much memory is computed; one is at a time");
        }
        try {
            return compute(password, parameters, lanes, salt, tagBytes, pepperId);
        } finally {
            larger.release();
        }
    }

    private Bytes compute(
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
