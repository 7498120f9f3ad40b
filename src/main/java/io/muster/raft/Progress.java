package io.muster.raft;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the leader knows of one follower's log, and what is on the way to it (paper figure 2, nextIndex and matchIndex).
 *
 * <p>While <em>probing</em>, one request at a time seeks the point where the logs agree. While <em>replicating</em>,
 * requests are pipelined within a window in messages and bytes, and nextIndex runs ahead of what is acknowledged. While a
 * <em>snapshot</em> is on its way, nothing else is sent.
 */
final class Progress {

    private enum Mode {
        PROBE,
        REPLICATE,
        SNAPSHOT
    }

    /** How many answers in a row may be late. */
    private static final int DENIALS_TO_BELIEVE = 3;

    private record Inflight(long lastIndex, int bytes) {}

    private final int maxMessages;
    private final int maxBytes;
    private final Deque<Inflight> inflight = new ArrayDeque<>();
    private long inflightBytes;
    private long matchIndex;
    private long nextIndex;
    private long commitSent;
    private Mode mode = Mode.PROBE;
    private boolean probeSent;
    private boolean fetching;
    private int denials;
    private long checkDueNanos = Long.MIN_VALUE;
    private long lastContactNanos;

    Progress(RaftConfig config, long nextIndex, long nowNanos) {
        this.maxMessages = config.maxInflightMessages();
        this.maxBytes = config.maxInflightBytes();
        this.nextIndex = nextIndex;
        this.lastContactNanos = nowNanos;
    }

    long matchIndex() {
        return matchIndex;
    }

    long nextIndex() {
        return nextIndex;
    }

    /** The highest commit index this follower was told of. */
    long commitSent() {
        return commitSent;
    }

    boolean probing() {
        return mode == Mode.PROBE;
    }

    long lastContactNanos() {
        return lastContactNanos;
    }

    void heard(long nowNanos) {
        lastContactNanos = nowNanos;
    }

    /** Whether a request may go out now. */
    boolean maySend() {
        if (fetching) {
            return false;
        }
        return switch (mode) {
            case PROBE -> !probeSent;
            case REPLICATE -> inflight.size() < maxMessages && inflightBytes < maxBytes;
            case SNAPSHOT -> false;
        };
    }

    /** Whether it may be asked without entries how far it is; one question at a time, again once the last may be lost. */
    boolean mayCheck(long nowNanos) {
        return !fetching && mode != Mode.SNAPSHOT && nowNanos >= checkDueNanos;
    }

    void checked(long nextNanos) {
        checkDueNanos = nextNanos;
    }

    void sent(long lastIndex, int bytes, long commit) {
        commitSent = Math.max(commitSent, commit);
        if (mode == Mode.PROBE) {
            probeSent = true;
            return;
        }
        nextIndex = lastIndex + 1;
        if (bytes > 0) {
            inflight.addLast(new Inflight(lastIndex, bytes));
            inflightBytes += bytes;
        }
    }

    void fetchBegun() {
        fetching = true;
    }

    void fetched() {
        fetching = false;
    }

    /** The follower's log is equal to ours up to {@code index}; late and doubled answers change nothing. */
    void acknowledged(long index) {
        matchIndex = Math.max(matchIndex, index);
        nextIndex = Math.max(nextIndex, matchIndex + 1);
        while (!inflight.isEmpty() && inflight.getFirst().lastIndex() <= matchIndex) {
            freeOldest();
        }
        if (mode == Mode.PROBE && matchIndex == nextIndex - 1) {
            mode = Mode.REPLICATE;
        }
        probeSent = false;
        denials = 0;
        checkDueNanos = Long.MIN_VALUE;
    }

    /**
     * The follower refused a request behind {@code prevLogIndex}.
     *
     * @param agreement where the logs may agree at best
     * @return whether it denies what it had acknowledged, and is believed
     */
    boolean refused(long prevLogIndex, long agreement) {
        if (mode == Mode.PROBE && prevLogIndex == matchIndex && agreement < matchIndex) {
            return denied(agreement);
        }
        boolean late = prevLogIndex <= matchIndex
                || mode == Mode.SNAPSHOT
                || (mode == Mode.PROBE && prevLogIndex != nextIndex - 1);
        if (!late) {
            probe(Math.min(agreement, prevLogIndex - 1) + 1);
        }
        return false;
    }

    /**
     * The follower denies what it has acknowledged. One answer that says so may be late; several in a row, to questions that
     * were asked one after the other, mean that its data were deleted, and that it must be sent all of them again.
     */
    private boolean denied(long agreement) {
        denials++;
        if (denials < DENIALS_TO_BELIEVE) {
            return false;
        }
        denials = 0;
        // Where the logs agree is not proven: nothing may be committed there by what was known before.
        matchIndex = 0;
        probe(agreement + 1);
        return true;
    }

    /**
     * What was on the way may be lost: seek the point where the logs agree, by a check once the follower is heard of. A search
     * that was under way goes on where it was: of a follower that was away when its leader was elected, nothing is acknowledged,
     * and from the log's beginning it would be sent a whole snapshot.
     */
    void disconnected() {
        if (mode != Mode.SNAPSHOT) {
            probe(mode == Mode.PROBE ? nextIndex : matchIndex + 1);
            probeSent = true;
        }
    }

    /** What the follower lacks first is no longer in the log. */
    void snapshotBegun() {
        mode = Mode.SNAPSHOT;
        inflight.clear();
        inflightBytes = 0;
    }

    /** It has a snapshot up to {@code lastIndex}: one request shows whether its log starts there. */
    void snapshotSent(long lastIndex) {
        if (mode == Mode.SNAPSHOT) {
            probe(lastIndex + 1);
        }
    }

    /**
     * No answer said that a snapshot arrived, and yet it may have: once the follower is heard of, ask whether its log reaches
     * {@code startIndex}, where this one starts; else the next snapshot could end as this one did, and so on.
     */
    void snapshotFailed(long startIndex) {
        if (mode == Mode.SNAPSHOT) {
            probe(startIndex + 1);
            probeSent = true;
        }
    }

    private void probe(long from) {
        mode = Mode.PROBE;
        probeSent = false;
        checkDueNanos = Long.MIN_VALUE;
        nextIndex = Math.max(from, matchIndex + 1);
        inflight.clear();
        inflightBytes = 0;
    }

    private void freeOldest() {
        inflightBytes -= inflight.removeFirst().bytes();
    }
}
