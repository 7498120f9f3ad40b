package io.muster.chaos;

/** The wall clock jumps, and later back. */
record ClockFault(WallClocks clocks, int node, int offsetSeconds) implements Fault {

    @Override
    public void begin() {
        clocks.set(node, offsetSeconds);
    }

    @Override
    public void end() {
        clocks.set(node, 0);
    }
}
