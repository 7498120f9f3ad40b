package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Role;

/**
 * A leader's log holds all that was committed in earlier terms (paper figure 3, leader completeness). One that is elected late, when a
 * newer term has committed already, need not hold that.
 */
final class LeaderCompleteness implements Invariant {

    private final Simulation simulation;
    private final CommittedLog committed;

    LeaderCompleteness(Simulation simulation, CommittedLog committed) {
        this.simulation = simulation;
        this.committed = committed;
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        if (now.raft().role() != Role.LEADER || before.raft().role() == Role.LEADER) {
            return;
        }
        long last = committed.lastIndexBefore(now.raft().term());
        long durable = Math.min(last, now.raft().durableIndex());
        simulation.require(
                now.raft().lastIndex() >= last
                        && (durable == 0
                                || replica.log()
                                        .has(durable, committed.entry(durable).term())),
                "leader completeness",
                () -> "node " + replica.id() + " leads without committed entries, as " + now);
    }
}
