package io.muster.sim;

import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.storage.Vote;

/** Nothing is sent before what it promises is durable. */
final class PromisesAreDurable implements Invariant {

    private final Simulation simulation;

    PromisesAreDurable(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void sends(SimulatedReplica replica, NodeId to, Message message) {
        Vote vote = replica.vote();
        boolean kept = switch (message) {
            case Message.PreVote request -> true;
            case Message.PreVoteReply reply -> reply.granted() || vote.term() >= reply.term();
            case Message.RequestVote request -> hasVotedFor(vote, request.term(), replica.id());
            case Message.VoteReply reply ->
                reply.granted() ? hasVotedFor(vote, reply.term(), to) : vote.term() >= reply.term();
            case Message.Appended reply ->
                vote.term() > reply.term()
                        || (vote.term() == reply.term() && replica.log().lastIndex() >= reply.matchIndex());
            case Message.AppendRefused reply -> vote.term() >= reply.term();
            case Message.AppendEntries request -> vote.term() >= request.term();
            case Message.Heartbeat request -> vote.term() >= request.term();
            case Message.HeartbeatReply reply -> vote.term() >= reply.term();
            case Message.TimeoutNow request -> vote.term() >= request.term();
            case Message.TimeoutNowReply reply -> vote.term() >= reply.term();
        };
        simulation.require(
                kept,
                "promises are durable",
                () -> "node " + replica.id() + " could forget what it promises by " + message + ": it has " + vote
                        + " and entries up to " + replica.log().lastIndex());
    }

    private static boolean hasVotedFor(Vote vote, long term, NodeId candidate) {
        return vote.term() > term || (vote.term() == term && candidate.equals(vote.votedFor()));
    }
}
