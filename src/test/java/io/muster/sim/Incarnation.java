package io.muster.sim;

import io.muster.node.PeerEndpoint;
import io.muster.raft.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of a replica's process, from its start to its end; it may be paused in between. */
final class Incarnation {

    private final Simulation simulation;
    private final SimulatedReplica replica;
    private final Deque<Runnable> deferred = new ArrayDeque<>();
    private final Set<Runnable> atEnd = new LinkedHashSet<>();
    private @Nullable PeerEndpoint endpoint;
    private boolean alive = true;
    private boolean paused;
    private long lastPausedNanos = Long.MIN_VALUE;

    Incarnation(Simulation simulation, SimulatedReplica replica) {
        this.simulation = simulation;
        this.replica = replica;
    }

    SimulatedReplica replica() {
        return replica;
    }

    NodeId id() {
        return replica.id();
    }

    boolean alive() {
        return alive;
    }

    boolean paused() {
        return paused;
    }

    /** When it was last paused. */
    long lastPausedNanos() {
        return paused ? simulation.nowNanos() : lastPausedNanos;
    }

    void listens(PeerEndpoint listener) {
        endpoint = listener;
    }

    PeerEndpoint endpoint() {
        if (endpoint == null) {
            throw new IllegalStateException("it does not listen yet");
        }
        return endpoint;
    }

    /** Runs a task in this process: never where it has ended, later where it is paused. */
    void run(Runnable task) {
        if (!alive) {
            return;
        }
        if (paused) {
            deferred.add(task);
            return;
        }
        simulation.trace().note(id().value());
        task.run();
        if (alive) {
            replica.stepped();
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        if (paused) {
            lastPausedNanos = simulation.nowNanos();
            paused = false;
            deferred.forEach(task -> simulation.after(0, () -> run(task)));
            deferred.clear();
        }
    }

    /** Has something done when it ends. */
    void whenEnded(Runnable task) {
        atEnd.add(task);
    }

    /** Has it not done any more. */
    void forget(Runnable task) {
        atEnd.remove(task);
    }

    void end() {
        alive = false;
        deferred.clear();
        atEnd.forEach(task -> simulation.after(0, task));
        atEnd.clear();
    }
}
