package io.muster.cli;

import java.time.Duration;

/** The passing of time, as the commands see it. */
interface Pace {

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

    void pause(Duration duration) throws InterruptedException;
}
