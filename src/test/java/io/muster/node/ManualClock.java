package io.muster.node;

import java.time.Duration;

/** Time as the test wants it. */
final class ManualClock implements Clock {

    private long nanos = 1;

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return 1_700_000_000_000L + nanos / 1_000_000;
    }
}
