package io.muster.node;

import io.muster.raft.LogStart;

/**
 * The port to copies of the state machine's state: what a follower gets that is behind the start of the leader's log (paper
 * section 7). Methods throw the store's exceptions, which are fatal, unless they say otherwise. {@link #flush} and {@link #take}
 * may run beside everything else; the others are for one thread at a time.
 */
public interface SnapshotStore {

    /** Makes what was applied durable, and returns the last entry of it: the log may be cut up to there. */
    LogStart flush();

    /** A copy of the state as it stands now, taken without stopping writes. Closing it deletes it. */
    SnapshotSource take();

    /**
     * Prepares to receive a snapshot, or goes on with what was received of the same one before. What was received of
     * another is deleted.
     *
     * @param snapshot the sender's name for it, random
     * @param bytes its length
     */
    SnapshotSink receive(long snapshot, long bytes);

    /**
     * Puts the snapshot that was received completely in the place of the state, atomically: a crash leaves the one or the
     * other, and a start goes on where it was. The log must start at it by then, durably. Nothing is applied meanwhile, and
     * readers wait.
     *
     * @param last what the snapshot covers
     */
    void install(LogStart last);

    /** Deletes the snapshot that was received completely, instead of {@link #install}; does nothing where there is none. */
    void discard();
}
