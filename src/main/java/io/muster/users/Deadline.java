package io.muster.users;

import java.time.Duration;

/**
 * The moment at which a caller stops waiting, by the monotonic clock.
 *
 * @param nanoTime as of {@link System#nanoTime}
 */
record Deadline(long nanoTime) {

    static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** 0 or less once it has passed. */
    long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /** So much earlier. */
    Deadline before(long nanos) {
        return new Deadline(nanoTime - nanos);
    }

    Deadline orSooner(Duration duration) {
        Deadline other = after(duration);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
