package io.muster.users;

import io.muster.node.ConsensusException;
import java.util.concurrent.Semaphore;

/**
 * Admits one hash at a time that takes more memory than usual: there may be memory for several usual ones, and not for a second that
 * is larger. Whoever comes meanwhile is refused by {@link ConsensusException.Overloaded}, and keeps no thread waiting.
 */
final class LargeHashes implements Argon2Function {

    /** RFC 9106, section 4, where memory is constrained. More is seldom, and only in hashes of elsewhere. */
    private static final int COMMON_MEMORY_KIB = 64 * 1024;

    private final Argon2Function function;
    private final int usualMemoryKib;
    private final Semaphore one;

    /** @param one the permit of all who share the memory */
    LargeHashes(Argon2Function function, HashParameters usual, Semaphore one) {
        this.function = function;
        this.usualMemoryKib = Math.max(usual.memoryKib(), COMMON_MEMORY_KIB);
        this.one = one;
    }

    @Override
    public void fill(byte[] tag, byte[] password, byte[] salt, byte[] secret, HashParameters parameters, int lanes) {
        boolean large = parameters.memoryKib() > usualMemoryKib;
        if (large && !one.tryAcquire()) {
            throw new ConsensusException.Overloaded(
                    "another hash that takes much memory is computed; one is at a time");
        }
        try {
            function.fill(tag, password, salt, secret, parameters, lanes);
        } finally {
            if (large) {
                one.release();
            }
        }
    }
}
