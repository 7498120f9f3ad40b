package io.muster.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Digests of this replica's state, behind entries where every replica takes one: so two that never stand at the same entry
 * when they are asked can be compared. Thread-safe.
 */
final class StateDigests {

    /** Entries between two of them. */
    static final int INTERVAL = 256;

    /** How many are kept: as many entries as a follower may well lag behind. */
    private static final int KEPT = 128;

    private final StateMachine stateMachine;
    private final Deque<StateDigest> kept = new ArrayDeque<>();

    StateDigests(StateMachine stateMachine) {
        this.stateMachine = stateMachine;
    }

    /** The first entry behind {@code index} after which a digest is taken. */
    static long dueAfter(long index) {
        return (index / INTERVAL + 1) * INTERVAL;
    }

    /** Entries have been applied, none beyond {@link #dueAfter} where the state was before. */
    void applied() {
        StateDigest now = stateMachine.digest();
        if (now.index() % INTERVAL == 0) {
            keep(now);
        }
    }

    private synchronized void keep(StateDigest digest) {
        kept.addLast(digest);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    /** Another state has taken the place of the one they are of. */
    synchronized void clear() {
        kept.clear();
    }

    /** Those that are kept, and one of the state as it is. */
    synchronized List<StateDigest> latest() {
        return Stream.concat(kept.stream(), Stream.of(stateMachine.digest())).toList();
    }
}
