package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import java.util.List;

/**
 * What the log drives. Called by one worker at a time, in index order. Implementations read no clock, locale, randomness
 * or configuration: equal entries give equal states and results on every replica (paper section 2).
 */
public interface StateMachine {

    /** Index of the last entry in the state, 0 for none; at start, what survived the last stop. */
    long appliedIndex();

    /** The state's digest, of one moment. Thread-safe, and quick. */
    StateDigest digest();

    /**
     * Applies consecutive committed entries, the first at {@link #appliedIndex()} + 1, in one atomic batch. An entry that
     * is no command changes nothing but the applied index.
     *
     * @return the result of each entry, in order; {@link Bytes#EMPTY} for an entry that is no command
     */
    List<Bytes> apply(List<Entry> entries);
}
