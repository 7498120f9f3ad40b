package io.muster.sim;

import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.HashMap;
import java.util.Map;

/** One vote a term, across restarts (paper section 5.2). */
final class OneVoteATerm implements Invariant {

    private record Ballot(NodeId voter, long term) {}

    private final Simulation simulation;
    private final Map<Ballot, NodeId> votes = new HashMap<>();

    OneVoteATerm(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void sends(SimulatedReplica replica, NodeId to, Message message) {
        if (message instanceof Message.VoteReply reply && reply.granted()) {
            require(replica.id(), reply.term(), to);
        }
        if (message instanceof Message.RequestVote request) {
            require(replica.id(), request.term(), replica.id());
        }
    }

    private void require(NodeId voter, long term, NodeId candidate) {
        NodeId given = votes.putIfAbsent(new Ballot(voter, term), candidate);
        simulation.require(
                given == null || given.equals(candidate),
                "one vote a term",
                () -> "node " + voter + " votes for " + given + " and for " + candidate + " in term " + term);
    }
}
