package io.muster.raft;

/**
 * Stamps the entries of one term. Stamps never decrease along the log, and advance at most twice as fast as the steady
 * clock since the term began: a wall clock that jumps ahead cannot carry the log's time, and with it every expiry, along.
 * A log that lay still for long catches up at that pace.
 */
final class LeaderClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int CATCH_UP = 2;

    private final long originMillis;
    private final long originNanos;
    private long lastMillis;

    /** @param lastMillis stamp of the last entry, 0 for none: then the wall clock is believed */
    LeaderClock(long lastMillis, long nowNanos, long wallMillis) {
        this.originMillis = lastMillis == 0 ? wallMillis : lastMillis;
        this.originNanos = nowNanos;
        this.lastMillis = lastMillis;
    }

    long stamp(long nowNanos, long wallMillis) {
        long limit = originMillis + CATCH_UP * ((nowNanos - originNanos) / NANOS_PER_MILLI);
        lastMillis = Math.max(lastMillis, Math.min(wallMillis, limit));
        return lastMillis;
    }
}
