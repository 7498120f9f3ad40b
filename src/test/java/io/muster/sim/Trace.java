package io.muster.sim;

import java.util.function.Supplier;

/** What happened, as a hash that tells runs apart, and as lines where somebody reads them. */
final class Trace {

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final boolean printed;
    private long fingerprint = 1;

    Trace(boolean printed) {
        this.printed = printed;
    }

    /** Takes up what happened. */
    void note(long what) {
        long mixed = (fingerprint ^ what) * PRIME;
        fingerprint = mixed ^ (mixed >>> 29);
    }

    /** Prints a line, where lines are printed. */
    void say(long nowNanos, Supplier<String> line) {
        if (printed) {
            System.out.printf("%12.6f %s%n", nowNanos / 1e9, line.get());
        }
    }

    long fingerprint() {
        return fingerprint;
    }
}
