package io.muster.sim;

import io.muster.raft.NodeId;
import java.util.random.RandomGenerator;

/** How the network does at the moment. Cuts are in one direction; a partition is several of them. */
final class NetworkConditions {

    private static final long SHORTEST_DELAY = 50 * Simulation.MICROSECOND;
    private static final long USUAL_DELAY = Simulation.MILLISECOND;
    private static final int LATE_ONE_IN = 100;

    private final boolean[][] cut;
    private final long[][] cutSinceNanos;
    private final long[][] extraDelay;
    private double loss;
    private double duplication;
    private long lateness;

    NetworkConditions(int replicas) {
        cut = new boolean[replicas + 1][replicas + 1];
        cutSinceNanos = new long[replicas + 1][replicas + 1];
        extraDelay = new long[replicas + 1][replicas + 1];
    }

    boolean isCut(NodeId from, NodeId to) {
        return cut[from.value()][to.value()];
    }

    void cut(NodeId from, NodeId to, long nowNanos) {
        if (!isCut(from, to)) {
            cut[from.value()][to.value()] = true;
            cutSinceNanos[from.value()][to.value()] = nowNanos;
        }
    }

    void mend(NodeId from, NodeId to) {
        cut[from.value()][to.value()] = false;
    }

    /** Whether it has been cut for so long, in either direction. */
    boolean isCutForLong(NodeId one, NodeId other, long sinceNanos) {
        return (isCut(one, other) && cutSinceNanos[one.value()][other.value()] <= sinceNanos)
                || (isCut(other, one) && cutSinceNanos[other.value()][one.value()] <= sinceNanos);
    }

    void lose(double chance) {
        loss = chance;
    }

    void duplicate(double chance) {
        duplication = chance;
    }

    /** Lets one message in a hundred come so much later, at most. */
    void delaySome(long nanos) {
        lateness = nanos;
    }

    /** Lets everything on this way come so much later, at most. */
    void delay(NodeId from, NodeId to, long nanos) {
        extraDelay[from.value()][to.value()] = nanos;
    }

    boolean loses(RandomGenerator random) {
        return loss > 0 && random.nextDouble() < loss;
    }

    boolean duplicates(RandomGenerator random) {
        return duplication > 0 && random.nextDouble() < duplication;
    }

    long delayNanos(NodeId from, NodeId to, RandomGenerator random) {
        long nanos = SHORTEST_DELAY + random.nextLong(USUAL_DELAY);
        long extra = extraDelay[from.value()][to.value()];
        if (extra > 0) {
            nanos += extra / 2 + random.nextLong(extra / 2 + 1);
        }
        if (lateness > 0 && random.nextInt(LATE_ONE_IN) < LATE_ONE_IN / 5) {
            nanos += random.nextLong(lateness);
        }
        return nanos;
    }

    void heal() {
        for (int from = 0; from < cut.length; from++) {
            for (int to = 0; to < cut.length; to++) {
                cut[from][to] = false;
                extraDelay[from][to] = 0;
            }
        }
        loss = 0;
        duplication = 0;
        lateness = 0;
    }
}
