package io.muster.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes by its pauses only. */
final class FakePace implements Pace {

    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void pause(Duration duration) {
        pauses.add(duration);
        nanos += duration.toNanos();
    }

    List<Duration> pauses() {
        return pauses;
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos);
    }
}
