package io.muster.sim;

import java.util.random.RandomGenerator;

/** How a disk does at the moment. */
final class DiskConditions {

    /** What fails. */
    enum Failing {
        NOTHING,
        WRITES,
        SYNCS,
        READS,
        /** Writes, for want of space. */
        SPACE
    }

    private static final long SYNC_NANOS = 2 * Simulation.MILLISECOND;
    private static final long READ_NANOS = 300 * Simulation.MICROSECOND;

    private Failing failing = Failing.NOTHING;
    private long slowdown = 1;
    private boolean stalled;

    Failing failing() {
        return failing;
    }

    void fail(Failing what) {
        failing = what;
    }

    void slow(long factor) {
        slowdown = factor;
    }

    boolean stalled() {
        return stalled;
    }

    void stall(boolean now) {
        stalled = now;
    }

    long writeNanos(RandomGenerator random) {
        return slowdown * (SYNC_NANOS / 8 + random.nextLong(SYNC_NANOS));
    }

    long readNanos(RandomGenerator random) {
        return slowdown * random.nextLong(READ_NANOS);
    }

    void heal() {
        failing = Failing.NOTHING;
        slowdown = 1;
        stalled = false;
    }
}
