package io.muster.users;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a hash takes here and now: the exponentially weighted mean of the last few. It starts at nothing, so that the first
 * ones, which the JVM has yet to compile, count little. Thread-safe.
 */
final class HashTime {

    private static final int WEIGHT_OF_OLDER = 7;

    private final AtomicLong meanNanos = new AtomicLong();

    /** Takes one more into account, which ran for so long, waiting for a processor included. */
    void add(long nanos) {
        meanNanos.updateAndGet(mean -> (WEIGHT_OF_OLDER * mean + nanos) / (WEIGHT_OF_OLDER + 1));
    }

    /** How long {@code threads} need for so many hashes, in nanoseconds. */
    long ofManyNanos(int hashes, int threads) {
        return meanNanos.get() * hashes / threads;
    }
}
