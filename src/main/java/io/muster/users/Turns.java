package io.muster.users;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls of one origin go on at a time. Its others wait, first come first served, and whoever is of another origin does not
 * wait for them: fair queueing, as of RFC 970. Thread-safe.
 */
final class Turns {

    private final int atOnce;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /**
     * Of one origin.
     *
     * @param calls those that have their turn, and those that wait for it
     */
    private record Line(Semaphore free, int calls) {

        Line longer() {
            return new Line(free, calls + 1);
        }

        /** Null where nobody is left. */
        @Nullable
        Line shorter() {
            return calls == 1 ? null : new Line(free, calls - 1);
        }
    }

    /** A call's, until it is closed. */
    interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    /** @param atOnce calls of one origin, 1 or greater */
    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /** How many of that origin wait. */
    int waiting(String origin) {
        Line line = lines.get(origin);
        return line == null ? 0 : Math.max(0, line.calls() - atOnce);
    }

    /** How many of one origin do not. */
    int atOnce() {
        return atOnce;
    }

    /**
     * Waits for a turn.
     *
     * @throws TimeoutException if it had not come by then
     */
    Turn await(String origin, Deadline until) throws InterruptedException, TimeoutException {
        Semaphore free = join(origin);
        boolean came = false;
        try {
            came = free.tryAcquire(until.remainingNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!came) {
                leave(origin);
            }
        }
        if (!came) {
            throw new TimeoutException();
        }
        return () -> {
            free.release();
            leave(origin);
        };
    }

    private Semaphore join(String origin) {
        Line line = lines.compute(
                origin, (_, there) -> there == null ? new Line(new Semaphore(atOnce, true), 1) : there.longer());
        return line.free();
    }

    private void leave(String origin) {
        lines.computeIfPresent(origin, (_, line) -> line.shorter());
    }
}
