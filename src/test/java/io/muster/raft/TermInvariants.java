package io.muster.raft;

import java.util.HashMap;
import java.util.Map;

/** One leader a term (election safety, paper figure 3), one vote a term across restarts; nothing goes backwards. */
final class TermInvariants implements Watcher {

    private record Ballot(NodeId voter, long term) {}

    private final Map<Long, NodeId> leaders = new HashMap<>();
    private final Map<Ballot, NodeId> votes = new HashMap<>();

    @Override
    public void leaves(TestReplica replica, Envelope envelope) {
        if (envelope.message() instanceof Message.VoteReply reply && reply.granted()) {
            vote(replica.id(), reply.term(), envelope.to());
        }
        if (envelope.message() instanceof Message.RequestVote request) {
            vote(replica.id(), request.term(), replica.id());
        }
    }

    private void vote(NodeId voter, long term, NodeId candidate) {
        NodeId earlier = votes.putIfAbsent(new Ballot(voter, term), candidate);
        require(earlier == null || earlier.equals(candidate), "node " + voter + " votes twice in term " + term);
    }

    @Override
    public void stepped(TestReplica replica, View before) {
        RaftStatus now = replica.status();
        String node = "node " + replica.id() + ": ";
        require(now.term() >= before.status().term(), node + "its term goes back");
        require(now.commitIndex() >= before.status().commitIndex(), node + "its commit index goes back");
        require(replica.applied() >= before.applied(), node + "it applies backwards");
        NodeId leader = now.leader();
        if (leader != null) {
            NodeId other = leaders.putIfAbsent(now.term(), leader);
            require(other == null || other.equals(leader), node + "a second leader of term " + now.term());
        }
    }

    private static void require(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
