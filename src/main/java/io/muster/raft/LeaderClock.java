package io.muster.raft;

/**
 * Stamps the entries of one term. Stamps never decrease along the log, and each advances over the last by at most twice
 * what the steady clock has counted since: a wall clock that jumps ahead cannot carry the log's time, and with it every
 * expiry, along. A log that lay still for long catches up at that pace.
 */
final class LeaderClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int CATCH_UP = 2;

    private long lastStampNanos;
    private long lastNanos;

    /** Goes on from the stamp of the last entry; 0 for none: then the wall clock is believed. */
    LeaderClock(long lastMillis, long nowNanos, long wallMillis) {
        this.lastStampNanos = (lastMillis == 0 ? wallMillis : lastMillis) * NANOS_PER_MILLI;
        this.lastNanos = nowNanos;
    }

    long stamp(long nowNanos, long wallMillis) {
        long limitNanos = lastStampNanos + CATCH_UP * (nowNanos - lastNanos);
        lastStampNanos = Math.max(lastStampNanos, Math.min(wallMillis * NANOS_PER_MILLI, limitNanos));
        lastNanos = nowNanos;
        return lastStampNanos / NANOS_PER_MILLI;
    }
}
