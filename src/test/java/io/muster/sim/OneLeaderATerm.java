package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Election safety (paper figure 3): at most one leader in a term, by what replicas know and by what they send. */
final class OneLeaderATerm implements Invariant {

    private final Simulation simulation;
    private final Map<Long, NodeId> leaders = new HashMap<>();
    private final List<Consumer<SimulatedReplica>> listeners = new ArrayList<>();
    private long elections;

    OneLeaderATerm(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Tells of each election from now on. */
    void tell(Consumer<SimulatedReplica> listener) {
        listeners.add(listener);
    }

    /** How many replicas have become leader. */
    long elections() {
        return elections;
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        NodeId leader = now.raft().leader();
        if (leader != null) {
            require(now.raft().term(), leader);
        }
        if (now.raft().role() == Role.LEADER && before.raft().role() != Role.LEADER) {
            elections++;
            simulation.say(
                    () -> "node " + replica.id() + " leads term " + now.raft().term());
            listeners.forEach(listener -> listener.accept(replica));
        }
    }

    @Override
    public void sends(SimulatedReplica replica, NodeId to, Message message) {
        if (message instanceof Message.AppendEntries || message instanceof Message.Heartbeat) {
            require(message.term(), replica.id());
        }
    }

    private void require(long term, NodeId leader) {
        NodeId known = leaders.putIfAbsent(term, leader);
        simulation.require(
                known == null || known.equals(leader),
                "one leader a term",
                () -> "nodes " + known + " and " + leader + " lead term " + term);
    }
}
