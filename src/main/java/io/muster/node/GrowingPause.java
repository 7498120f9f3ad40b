package io.muster.node;

import java.time.Duration;

/** How long to wait before what has failed is tried again: not at all at first, then twice as long each time, up to a bound. */
final class GrowingPause {

    private static final long FIRST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

    private long nanos;
    private boolean failed;

    long nanos() {
        return nanos;
    }

    void failed() {
        if (failed) {
            nanos = Math.clamp(2 * nanos, FIRST_NANOS, LONGEST_NANOS);
        }
        failed = true;
    }

    void succeeded() {
        nanos = 0;
        failed = false;
    }
}
