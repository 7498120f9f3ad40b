package io.muster.sim;

import io.muster.raft.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: nothing overtakes, and what is sent over a cut waits for its end. */
final class Lane {

    private record Parcel(long sentNanos, long dueNanos, Runnable arrival) {}

    private final Simulation simulation;
    private final Network network;
    private final NodeId from;
    private final NodeId to;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private long lastDueNanos;

    Lane(Simulation simulation, Network network, NodeId from, NodeId to) {
        this.simulation = simulation;
        this.network = network;
        this.from = from;
        this.to = to;
    }

    void send(Runnable arrival) {
        lastDueNanos = Math.max(lastDueNanos, simulation.nowNanos() + network.delayNanos(from, to));
        parcels.add(new Parcel(simulation.nowNanos(), lastDueNanos, arrival));
        simulation.at(lastDueNanos, this::deliver);
    }

    /** Delivers what is due, unless the way is cut. */
    void deliver() {
        while (!parcels.isEmpty()
                && parcels.getFirst().dueNanos() <= simulation.nowNanos()
                && !network.conditions().isCut(from, to)) {
            parcels.removeFirst().arrival().run();
        }
    }

    /** Whether something has been on the way for so long. */
    boolean waitsSince(long nanos) {
        return !parcels.isEmpty() && parcels.getFirst().sentNanos() <= nanos;
    }

    boolean isEmpty() {
        return parcels.isEmpty();
    }
}
