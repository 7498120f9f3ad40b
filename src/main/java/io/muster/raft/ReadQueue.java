package io.muster.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads that wait until a majority has confirmed the leader (ReadIndex, dissertation section 6.4). Each waits for a
 * heartbeat round that began after it arrived: answers to older rounds say nothing about it. Reads that arrive while a
 * round is under way share the next one.
 */
final class ReadQueue {

    private record Pending(long id, long index, long round) {}

    private final List<Long> arrived = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private long round;

    void add(long id) {
        arrived.add(id);
    }

    /** The newest round. */
    long round() {
        return round;
    }

    /** Whether reads wait for a round that has not begun, and none is under way. */
    boolean wantsRound() {
        return !arrived.isEmpty() && pending.isEmpty();
    }

    /**
     * Begins the next round: every read that has arrived belongs to it.
     *
     * @param readIndex where those reads are linearizable: the commit index, which the leader knows to be current
     */
    long beginRound(long readIndex) {
        round++;
        arrived.forEach(id -> pending.add(new Pending(id, readIndex, round)));
        arrived.clear();
        return round;
    }

    /** Begins a round that no read belongs to. */
    long beginEmptyRound() {
        return ++round;
    }

    /** A majority has answered this round: confirms the reads of it, and of those before. */
    List<Effect.ConfirmRead> confirm(long confirmedRound) {
        List<Effect.ConfirmRead> confirmed = pending.stream()
                .filter(read -> read.round() <= confirmedRound)
                .map(read -> new Effect.ConfirmRead(read.id(), read.index()))
                .toList();
        pending.removeIf(read -> read.round() <= confirmedRound);
        return confirmed;
    }

    void forEachWaiting(LongConsumer action) {
        pending.forEach(read -> action.accept(read.id()));
        arrived.forEach(action::accept);
    }
}
