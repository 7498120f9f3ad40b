package io.muster.client;

import java.time.Duration;

/** The passing of time, as those see it who wait. Implementations are thread-safe. */
public interface Pace {

    /** The time of this machine. */
    Pace SYSTEM = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    /** Monotone, in nanoseconds from an arbitrary start. */
    long nanoTime();

    /** Waits for so long. */
    void pause(Duration duration) throws InterruptedException;
}
