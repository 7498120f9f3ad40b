package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.Role;
import java.util.HashMap;
import java.util.Map;

/** Who leads has heard from a majority not long ago (check-quorum, dissertation section 6.2). */
final class LeadersAreHeard implements Invariant {

    /** Two election timeouts and a half: one for the leader itself, the rest for its ticks and a slow clock. */
    private static final long LONGEST_SILENCE = SimulationSettings.ELECTION_TIMEOUT.toNanos() * 5 / 2;

    private final Simulation simulation;
    /** How many others make a majority together with the leader. */
    private final int others;

    private final Map<NodeId, Map<NodeId, Long>> heardNanos = new HashMap<>();
    private final Map<NodeId, Long> leadsSinceNanos = new HashMap<>();

    LeadersAreHeard(Simulation simulation, int replicas) {
        this.simulation = simulation;
        this.others = replicas / 2;
    }

    @Override
    public void answered(SimulatedReplica replica, NodeId from, Message.Reply reply) {
        if (reply.term() != replica.status().raft().term()) {
            return;
        }
        heardNanos.computeIfAbsent(replica.id(), any -> new HashMap<>()).put(from, simulation.nowNanos());
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        if (now.raft().role() == Role.LEADER && before.raft().role() != Role.LEADER) {
            leadsSinceNanos.put(replica.id(), simulation.nowNanos());
        }
        requireHeardIfItLeads(replica);
    }

    /** Also where nothing changes in it. */
    @Override
    public void sends(SimulatedReplica replica, NodeId to, Message message) {
        if (message instanceof Message.Heartbeat) {
            requireHeardIfItLeads(replica);
        }
    }

    private void requireHeardIfItLeads(SimulatedReplica replica) {
        if (replica.status().raft().role() != Role.LEADER) {
            return;
        }
        long since = Math.max(
                Math.max(leadsSinceNanos.getOrDefault(replica.id(), 0L), majorityHeardNanos(replica.id())),
                replica.process().lastPausedNanos());
        simulation.require(
                simulation.nowNanos() - since <= LONGEST_SILENCE,
                "leaders are heard",
                () -> "node " + replica.id() + " leads, and has heard of no majority since " + since / 1e9 + " s");
    }

    /** When it last had heard from a majority within a moment. */
    private long majorityHeardNanos(NodeId leader) {
        long[] last = heardNanos.getOrDefault(leader, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return last.length < others ? 0 : last[last.length - others];
    }
}
