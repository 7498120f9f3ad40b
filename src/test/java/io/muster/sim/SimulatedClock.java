package io.muster.sim;

import io.muster.node.Clock;

/** One machine's clocks: the steady one may run fast or slow, the wall clock may jump too. */
final class SimulatedClock implements Clock {

    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private final Simulation simulation;
    private long trueBase;
    private long localBase;
    private double rate = 1;
    private long jumpedMillis;

    /** @param originNanos what the steady clock shows at first */
    SimulatedClock(Simulation simulation, long originNanos) {
        this.simulation = simulation;
        this.localBase = originNanos;
    }

    @Override
    public long nanoTime() {
        return localBase + (long) ((simulation.nowNanos() - trueBase) * rate);
    }

    @Override
    public long wallMillis() {
        return EPOCH_MILLIS + nanoTime() / Simulation.MILLISECOND + jumpedMillis;
    }

    /** From now on, local nanoseconds for each true one. */
    void runAt(double newRate) {
        localBase = nanoTime();
        trueBase = simulation.nowNanos();
        rate = newRate;
    }

    void jumpWall(long millis) {
        jumpedMillis = Math.max(jumpedMillis + millis, -EPOCH_MILLIS / 2);
    }

    /** How long that takes by true time. */
    long toTrue(long localNanos) {
        return (long) (localNanos / rate);
    }
}
