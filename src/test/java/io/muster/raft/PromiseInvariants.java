package io.muster.raft;

/** Nothing is sent before what it promises is durable. */
final class PromiseInvariants implements Watcher {

    @Override
    public void leaves(TestReplica replica, Envelope envelope) {
        TestDisk disk = replica.disk();
        Message message = envelope.message();
        boolean kept = switch (message) {
            case Message.PreVote request -> true;
            case Message.PreVoteReply reply -> reply.granted() || disk.term() >= reply.term();
            case Message.RequestVote request -> hasVotedFor(disk, request.term(), replica.id());
            case Message.VoteReply reply -> !reply.granted() || hasVotedFor(disk, reply.term(), envelope.to());
            case Message.Appended reply ->
                disk.term() > reply.term()
                        || (disk.term() == reply.term() && disk.log().size() >= reply.matchIndex());
            case Message.AppendRefused reply -> disk.term() >= reply.term();
            case Message.AppendEntries request -> disk.term() >= request.term();
            case Message.Heartbeat request -> disk.term() >= request.term();
            case Message.HeartbeatReply reply -> disk.term() >= reply.term();
            case Message.TimeoutNow request -> disk.term() >= request.term();
            case Message.TimeoutNowReply reply -> disk.term() >= reply.term();
        };
        if (!kept) {
            throw new AssertionError("node " + replica.id() + " could forget what it promises by " + message);
        }
    }

    private static boolean hasVotedFor(TestDisk disk, long term, NodeId candidate) {
        return disk.term() > term || (disk.term() == term && candidate.equals(disk.votedFor()));
    }
}
