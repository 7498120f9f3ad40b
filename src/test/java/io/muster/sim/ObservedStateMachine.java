package io.muster.sim;

import io.muster.node.StateDigest;
import io.muster.node.StateMachine;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import java.util.List;

/** The state machine of one incarnation, watched. */
final class ObservedStateMachine implements StateMachine {

    private final StateMachine machine;
    private final SimulatedReplica replica;
    private final Incarnation process;

    ObservedStateMachine(StateMachine machine, SimulatedReplica replica, Incarnation process) {
        this.machine = machine;
        this.replica = replica;
        this.process = process;
    }

    @Override
    public long appliedIndex() {
        return machine.appliedIndex();
    }

    @Override
    public StateDigest digest() {
        return machine.digest();
    }

    @Override
    public List<Bytes> apply(List<Entry> entries) {
        List<Bytes> results = machine.apply(entries);
        if (process.alive()) {
            replica.applied(entries, results);
        }
        return results;
    }
}
