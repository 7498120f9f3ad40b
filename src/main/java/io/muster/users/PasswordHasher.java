package io.muster.users;

import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords, on threads of its own behind a bounded queue. Thread-safe. Where a hash
 * cannot be had by its deadline, {@link ConsensusException.Overloaded} says so.
 */
public final class PasswordHasher implements AutoCloseable {

    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final HashParameters SMALLEST = new HashParameters(HashParameters.MINIMUM_MEMORY_KIB, 1);

    private final HashScheme scheme;
    private final @Nullable String pepperId;
    private final HashPool pool;
    private final SecureRandom random = new SecureRandom();
    private final StoredHash nobody;

    /**
     * Starts the threads.
     *
     * @param scheme of new hashes; that of a stored hash is in the hash
     * @param peppers of new Argon2id hashes, and of stored ones
     * @param threads how many hash at a time, 1 or greater; each takes the memory of one hash, outside of the heap where there is native code for Argon2
     * @param queueCapacity how many requests may wait, 1 or greater
     * @param maxWait how long one may wait for a thread, positive; well below the deadlines, which bound the hash as well
     */
    public PasswordHasher(HashScheme scheme, Peppers peppers, int threads, int queueCapacity, Duration maxWait) {
        this(scheme, peppers, new HashPool(memoryOf(scheme), peppers, threads, queueCapacity, maxWait, new HashTime()));
    }

    PasswordHasher(HashScheme scheme, Peppers peppers, HashPool pool) {
        this.scheme = scheme;
        this.pepperId = peppers.current();
        this.pool = pool;
        // Parsed as a stored one is: what that takes once is loaded now, and not at the first login of a name that
        // exists.
        this.nobody = StoredHash.parse(nobody(scheme).encode());
    }

    private static HashParameters memoryOf(HashScheme scheme) {
        return switch (scheme) {
            case HashScheme.Argon2id(HashParameters parameters) -> parameters;
            case HashScheme.Bcrypt _ -> SMALLEST;
        };
    }

    /** A hash that costs what others do, of a password that nobody knows. */
    private StoredHash nobody(HashScheme of) {
        return switch (of) {
            case HashScheme.Argon2id(HashParameters parameters) ->
                new Argon2Hash(parameters, LANES, randomBytes(SALT_BYTES), randomBytes(TAG_BYTES), pepperId);
            case HashScheme.Bcrypt(int cost) ->
                BcryptHash.of(
                        Password.PLACEHOLDER,
                        cost,
                        randomBytes(BcryptHash.SALT_BYTES).toByteArray());
        };
    }

    /** Whether whoever came now would wait too long. */
    boolean isCrowded() {
        return pool.isCrowded();
    }

    /** A hash with a salt of its own. */
    PasswordHash hash(Password password, Deadline deadline) {
        byte[] salt = randomBytes(SALT_BYTES).toByteArray();
        return pool.run(argon2 -> hash(argon2, password, salt).encode(), deadline);
    }

    private StoredHash hash(Argon2 argon2, Password password, byte[] salt) {
        return switch (scheme) {
            case HashScheme.Argon2id(HashParameters parameters) -> {
                Bytes salted = Bytes.copyOf(salt);
                Bytes tag = argon2.tag(password, parameters, LANES, salted, TAG_BYTES, pepperId);
                yield new Argon2Hash(parameters, LANES, salted, tag, pepperId);
            }
            case HashScheme.Bcrypt(int cost) -> BcryptHash.of(password, cost, salt);
        };
    }

    /** Whether a stored hash is weaker than one that would be made now, or takes another pepper. */
    boolean isOutdated(PasswordHash stored) {
        return switch (scheme) {
            case HashScheme.Argon2id(HashParameters parameters) ->
                !(StoredHash.parse(stored) instanceof Argon2Hash hash)
                        || hash.isWeakerThan(parameters)
                        || (pepperId != null && !pepperId.equals(hash.pepperId()));
            case HashScheme.Bcrypt(int cost) ->
                StoredHash.parse(stored) instanceof BcryptHash hash && hash.cost() < cost;
        };
    }

    /** Whether {@code hash} is of that password. */
    boolean verify(Password password, PasswordHash hash, Deadline deadline) {
        StoredHash parsed = StoredHash.parse(hash);
        return pool.run(argon2 -> parsed.matches(argon2, password), deadline);
    }

    /** As {@link #verify}, for what the log holds already: it waits for a thread as long as it may. */
    boolean verifyCommitted(Password password, PasswordHash hash, Deadline deadline) {
        StoredHash parsed = StoredHash.parse(hash);
        return pool.runCommitted(argon2 -> parsed.matches(argon2, password), deadline);
    }

    /** Costs what a {@link #verify} costs, for a user who does not exist. */
    void verifyNobody(Deadline deadline) {
        var _ = pool.run(argon2 -> nobody.matches(argon2, Password.PLACEHOLDER), deadline);
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
