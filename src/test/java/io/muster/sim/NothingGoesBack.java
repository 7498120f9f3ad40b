package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;
import java.util.HashMap;
import java.util.Map;

/** Term, commit index, applied index and what a leader knows of its followers never go back; the durable term neither. */
final class NothingGoesBack implements Invariant {

    private record Peer(NodeId leader, NodeId follower) {}

    /** An acknowledged index; {@code sinceNanos}: when the last answer that said so had come. */
    private record Match(long term, long index, long sinceNanos) {

        static Match later(Match one, Match other) {
            if (one.term() != other.term()) {
                return one.term() > other.term() ? one : other;
            }
            return new Match(
                    one.term(), Math.max(one.index(), other.index()), Math.max(one.sinceNanos(), other.sinceNanos()));
        }
    }

    /** By then, what has come is taken out of the mailbox. */
    private static final long TAKEN_NANOS = 10 * Simulation.MILLISECOND;

    private final Simulation simulation;
    private final Map<NodeId, Long> durableTerms = new HashMap<>();
    private final Map<Peer, Match> arrived = new HashMap<>();
    private final Map<Peer, Match> known = new HashMap<>();

    NothingGoesBack(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void started(SimulatedReplica replica) {
        long term = replica.vote().term();
        require(durableTerms.getOrDefault(replica.id(), 0L) <= term, replica, "durable term");
        require(replica.status().raft().term() >= term, replica, "term");
    }

    @Override
    public void ended(SimulatedReplica replica) {
        arrived.keySet().removeIf(peer -> peer.leader().equals(replica.id()));
        known.keySet().removeIf(peer -> peer.leader().equals(replica.id()));
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        RaftStatus old = before.raft();
        RaftStatus raft = now.raft();
        require(raft.term() >= old.term(), replica, "term");
        require(raft.commitIndex() >= old.commitIndex(), replica, "commit index");
        require(now.appliedIndex() >= before.appliedIndex(), replica, "applied index");
        require(!before.caughtUp() || now.caughtUp(), replica, "readiness");
        long durableTerm = replica.vote().term();
        Long earlier = durableTerms.put(replica.id(), durableTerm);
        require(earlier == null || earlier <= durableTerm, replica, "durable term");
    }

    @Override
    public void answered(SimulatedReplica replica, NodeId from, Message.Reply reply) {
        if (reply instanceof Message.Appended appended) {
            Match match = new Match(appended.term(), appended.matchIndex(), simulation.nowNanos());
            Peer peer = new Peer(replica.id(), from);
            promote(peer, replica);
            arrived.merge(peer, match, Match::later);
        }
    }

    private void promote(Peer peer, SimulatedReplica replica) {
        Match match = arrived.get(peer);
        long before = simulation.nowNanos() - TAKEN_NANOS;
        if (match != null && match.sinceNanos() < before && replica.process().lastPausedNanos() < before) {
            arrived.remove(peer);
            known.merge(peer, match, Match::later);
        }
    }

    @Override
    public void sends(SimulatedReplica replica, NodeId to, Message message) {
        if (message instanceof Message.AppendEntries append) {
            Peer peer = new Peer(replica.id(), to);
            promote(peer, replica);
            Match match = known.get(peer);
            boolean holds = match == null || match.term() != append.term() || match.index() <= append.prevLogIndex();
            require(holds, replica, "knowledge of node " + to);
        }
    }

    private void require(boolean holds, SimulatedReplica replica, String what) {
        simulation.require(holds, "nothing goes back", () -> "node " + replica.id() + ": its " + what + " goes back");
    }
}
