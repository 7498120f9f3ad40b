package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.RaftStatus;
import io.muster.raft.Role;

/** A leader moves its commit index to entries of its own term only (paper section 5.4.2 and figure 8). */
final class CommitsOwnTerm implements Invariant {

    private final Simulation simulation;
    private final CommittedLog committed;

    /** @param committed is told first */
    CommitsOwnTerm(Simulation simulation, CommittedLog committed) {
        this.simulation = simulation;
        this.committed = committed;
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        RaftStatus old = before.raft();
        RaftStatus raft = now.raft();
        boolean leads = raft.role() == Role.LEADER && old.role() == Role.LEADER && raft.term() == old.term();
        if (leads && raft.commitIndex() > old.commitIndex()) {
            long term = committed.entry(raft.commitIndex()).term();
            simulation.require(
                    term == raft.term(),
                    "a leader commits by entries of its own term",
                    () -> "node " + replica.id() + " leads term " + raft.term() + " and commits entry "
                            + raft.commitIndex() + " of term " + term);
        }
    }
}
