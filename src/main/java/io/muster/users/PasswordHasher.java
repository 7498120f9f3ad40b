package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Hashes and verifies passwords with Argon2id, on threads of its own behind a bounded queue. Thread-safe. Where a hash
 * cannot be had by its deadline, {@link ConsensusException.Overloaded} says so.
 */
public final class PasswordHasher implements AutoCloseable {

    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;

    private final HashParameters parameters;
    private final HashPool pool;
    private final SecureRandom random = new SecureRandom();
    private final Argon2Hash nobody;

    /**
     * Starts the threads.
     *
     * @param parameters of new hashes; those of stored hashes are in the hashes
     * @param threads how many hash at a time, 1 or greater; each keeps the memory of one hash
     * @param queueCapacity how many requests may wait, 1 or greater
     * @param maxWait how long one may wait for a thread, positive; well below the deadlines, which bound the hash as well
     */
    public PasswordHasher(HashParameters parameters, int threads, int queueCapacity, Duration maxWait) {
        this(parameters, new HashPool(parameters, threads, queueCapacity, maxWait));
    }

    PasswordHasher(HashParameters parameters, HashPool pool) {
        this.parameters = parameters;
        this.pool = pool;
        this.nobody = new Argon2Hash(parameters, LANES, randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));
    }

    /** Whether whoever came now would wait too long. */
    boolean isCrowded() {
        return pool.isCrowded();
    }

    /** A hash with a salt of its own. */
    PasswordHash hash(Password password, Deadline deadline) {
        Bytes salt = randomBytes(SALT_BYTES);
        return pool.run(
                argon2 -> {
                    Bytes tag = argon2.tag(password, parameters, LANES, salt, TAG_BYTES);
                    return new Argon2Hash(parameters, LANES, salt, tag).encode();
                },
                deadline);
    }

    /** Whether {@code hash} is of that password. */
    boolean verify(Password password, PasswordHash hash, Deadline deadline) {
        return verify(password, Argon2Hash.parse(hash), deadline);
    }

    /** As {@link #verify}, for what the log holds already: it waits for a thread as long as it may. */
    boolean verifyCommitted(Password password, PasswordHash hash, Deadline deadline) {
        Argon2Hash parsed = Argon2Hash.parse(hash);
        return pool.runCommitted(argon2 -> parsed.matches(argon2, password), deadline);
    }

    /** Costs what a {@link #verify} costs, for a user who does not exist. */
    void verifyNobody(Deadline deadline) {
        verify(Password.PLACEHOLDER, nobody, deadline);
    }

    private boolean verify(Password password, Argon2Hash hash, Deadline deadline) {
        return pool.run(argon2 -> hash.matches(argon2, password), deadline);
    }

    private Bytes randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    /** Refuses new requests and fails those that wait. */
    @Override
    public void close() {
        pool.close();
    }
}
