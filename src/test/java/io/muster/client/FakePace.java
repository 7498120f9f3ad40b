package io.muster.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes by its pauses only. */
public final class FakePace implements Pace {

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

    public List<Duration> pauses() {
        return pauses;
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanos);
    }
}
