package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.RaftStatus;
import java.util.List;

/** applied <= min(committed, durable here) <= last. */
final class AppliedWithinLog implements Invariant {

    private final Simulation simulation;

    AppliedWithinLog(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        RaftStatus raft = now.raft();
        long reachable = Math.min(raft.commitIndex(), raft.durableIndex());
        simulation.require(
                now.appliedIndex() <= reachable
                        && reachable <= raft.lastIndex()
                        && raft.durableIndex() <= raft.lastIndex(),
                "applied <= min(committed, durable) <= last",
                () -> "node " + replica.id() + ": " + now);
    }

    @Override
    public void applied(SimulatedReplica replica, List<Entry> entries, List<Bytes> results) {
        simulation.require(
                entries.getLast().index() <= replica.log().lastIndex(),
                "only durable entries are applied",
                () -> "node " + replica.id() + " applies up to "
                        + entries.getLast().index() + ", and has "
                        + replica.log().lastIndex());
    }
}
