package io.muster.sim;

import io.muster.raft.Entry;
import io.muster.raft.Role;
import java.util.List;

/** A leader never replaces an entry of its own term (paper figure 3, leader append-only). */
final class LeaderAppendOnly implements Invariant {

    private final Simulation simulation;

    LeaderAppendOnly(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void appended(SimulatedReplica replica, List<Entry> entries, List<Entry> replaced) {
        if (!replaced.isEmpty() && replica.status().raft().role() == Role.LEADER) {
            long term = replica.status().raft().term();
            simulation.require(
                    replaced.stream().noneMatch(entry -> entry.term() == term),
                    "leader append-only",
                    () -> "node " + replica.id() + " replaces what it appended as leader of term " + term);
        }
    }
}
