package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.users.store.StateHash;
import io.muster.users.store.UserStoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replicas that have applied up to one index have equal states, and the hash that says so is that of their records. */
final class EqualStates implements Invariant {

    private final Simulation simulation;
    private final Map<Long, StateHash> hashByIndex = new HashMap<>();

    EqualStates(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void started(SimulatedReplica replica) {
        verify(replica);
        compare(replica);
    }

    @Override
    public void applied(SimulatedReplica replica, List<Entry> entries, List<Bytes> results) {
        compare(replica);
    }

    /** What a replica says of itself is as true. */
    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        simulation.require(
                !now.stateDiffers(), "equal states", () -> "node " + replica.id() + " takes its state for a wrong one");
    }

    private void verify(SimulatedReplica replica) {
        try {
            replica.store().verify();
        } catch (UserStoreException.Damaged e) {
            throw simulation.fail("equal states", "node " + replica.id() + ": " + e.getMessage());
        }
    }

    private void compare(SimulatedReplica replica) {
        long index = replica.store().appliedIndex();
        StateHash hash = replica.store().stateHash();
        StateHash known = hashByIndex.putIfAbsent(index, hash);
        simulation.require(
                known == null || known.equals(hash),
                "equal states",
                () -> "node " + replica.id() + " differs from another at entry " + index);
    }
}
