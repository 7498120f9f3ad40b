package io.muster.raft;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * For how long no other leader can have been elected (dissertation section 6.4.1): a majority has answered a round of
 * heartbeats, and gives no vote for an election timeout after it took part in it. A tenth is left for clocks that run
 * unlike.
 */
final class Lease {

    private record Round(long number, long sentNanos) {}

    private final long durationNanos;
    private final Deque<Round> sent = new ArrayDeque<>();
    private long untilNanos = Long.MIN_VALUE;
    private boolean ended;

    Lease(long electionTimeoutNanos) {
        this.durationNanos = electionTimeoutNanos / 10 * 9;
    }

    void roundSent(long number, long nowNanos) {
        while (!sent.isEmpty() && nowNanos - sent.getFirst().sentNanos() >= durationNanos) {
            sent.removeFirst();
        }
        sent.addLast(new Round(number, nowNanos));
    }

    /** A majority has answered that round, and so those before. */
    void confirmed(long number) {
        while (!sent.isEmpty() && sent.getFirst().number() <= number) {
            untilNanos = Math.max(untilNanos, sent.removeFirst().sentNanos() + durationNanos);
        }
    }

    boolean holds(long nowNanos) {
        return !ended && nowNanos < untilNanos;
    }

    /** Leadership is handed over: from now on, and for the rest of the term, another may be elected at any time. */
    void end() {
        ended = true;
    }
}
