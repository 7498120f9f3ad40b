package io.muster.users.store;

import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of the registry. Reads may run on any thread beside one writer, and see a batch whole or not at all. Methods
 * throw {@link UserStoreException}, which is fatal to the process, and {@link IllegalStateException} after {@link #close}.
 */
public interface UserStore extends AutoCloseable {

    /** How far the state is, and its hash, of one moment. */
    AppliedState appliedState();

    /** The last log entry in the state, {@link LogStart#ZERO} for none. */
    default LogStart applied() {
        return appliedState().last();
    }

    /** Index of the last log entry in the state, 0 for none. */
    default long appliedIndex() {
        return applied().index();
    }

    /** The hash of all records, as kept with every write. */
    default StateHash stateHash() {
        return appliedState().hash();
    }

    /**
     * Reads all of the state, as of one moment, and answers how far it was and the hash of what was read. May take long; writes
     * go on.
     *
     * @throws UserStoreException.Damaged where that is not the hash that was kept
     */
    AppliedState verify();

    /** The user of that normalised name, null where there is none. */
    @Nullable
    User userByName(String username);

    /** The user of that id, null where there is none. */
    @Nullable
    User userById(UUID id);

    /** The idempotency record under {@code key}, null where there is none. */
    @Nullable
    Request request(Bytes key);

    /**
     * The oldest idempotency records.
     *
     * @param fromMillis the first stamp that is of interest, 0 or greater
     * @param beforeMillis the first stamp beyond; none is returned where it is {@code fromMillis} or below
     * @param limit at most so many, 1 or greater
     */
    List<RequestStamp> oldestRequests(long fromMillis, long beforeMillis, int limit);

    /**
     * Users in the order of their names, by the bytes of UTF-8.
     *
     * @param prefix of the names; empty for all
     * @param after the name behind which to begin, null for the first
     * @param limit at most so many, 1 or greater
     */
    List<User> usersByName(String prefix, @Nullable String after, int limit);

    /**
     * Ids of users who may administer users.
     *
     * @param limit at most so many, 1 or greater
     */
    List<UUID> administrators(int limit);

    /** All keys that sign tokens, the newest last: a few. */
    List<SigningKey> signingKeys();

    /** Applies a batch atomically. It survives a crash only once {@link #flush} has returned after it. */
    void write(Batch batch);

    /** Makes all batches that were written before the call durable. */
    void flush();

    /** Flushes, and lets go of the directory. Closing twice does nothing. */
    @Override
    void close();
}
