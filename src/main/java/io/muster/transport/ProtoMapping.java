package io.muster.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Message;
import io.muster.raft.Payload;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.HeartbeatRequest;
import io.muster.transport.proto.HeartbeatResponse;
import io.muster.transport.proto.InstallSnapshotRequest;
import io.muster.transport.proto.InstallSnapshotResponse;
import io.muster.transport.proto.LogEntry;
import io.muster.transport.proto.NoOp;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.RequestVoteResponse;
import io.muster.transport.proto.StateDigestsResponse;
import io.muster.transport.proto.TimeoutNowRequest;
import io.muster.transport.proto.TimeoutNowResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Between the core's messages and those of {@code raft.proto}. What no correct replica sends gets an {@link
 * IllegalArgumentException} here, as far as the message itself shows it, since in the core it would break an invariant
 * (docs/decisions/0011).
 */
final class ProtoMapping {

    /** No term, index or round reaches it: what does is garbage, and could overflow. Numbers below it are exact in JSON. */
    static final long MAX_NUMBER = 1L << 53;

    /** No time stamp reaches it, in the year 2248: in nanoseconds it still fits. */
    static final long MAX_TIME_MILLIS = 1L << 43;

    private ProtoMapping() {}

    static RequestVoteRequest toProto(Message.PreVote vote) {
        return voteRequest(vote.term(), vote.lastLogIndex(), vote.lastLogTerm())
                .setPreVote(true)
                .build();
    }

    static RequestVoteRequest toProto(Message.RequestVote vote) {
        return voteRequest(vote.term(), vote.lastLogIndex(), vote.lastLogTerm())
                .setHandedOver(vote.handedOver())
                .build();
    }

    private static RequestVoteRequest.Builder voteRequest(long term, long lastLogIndex, long lastLogTerm) {
        return RequestVoteRequest.newBuilder()
                .setTerm(term)
                .setLastLogIndex(lastLogIndex)
                .setLastLogTerm(lastLogTerm);
    }

    /** A candidate's term is above that of every entry in its log. */
    static Message.Request fromProto(RequestVoteRequest vote) {
        long term = positive(vote.getTerm());
        long lastLogIndex = natural(vote.getLastLogIndex());
        long lastLogTerm = natural(vote.getLastLogTerm());
        requireEntry(lastLogIndex, lastLogTerm);
        require(lastLogTerm < term, "a log reaches the term that is stood for");
        return vote.getPreVote()
                ? new Message.PreVote(term, lastLogIndex, lastLogTerm)
                : new Message.RequestVote(term, lastLogIndex, lastLogTerm, vote.getHandedOver());
    }

    static RequestVoteResponse voteToProto(Message.Reply reply) {
        return switch (reply) {
            case Message.PreVoteReply vote -> voteResponse(vote.term(), vote.granted(), true);
            case Message.VoteReply vote -> voteResponse(vote.term(), vote.granted(), false);
            default -> throw new IllegalArgumentException("not an answer to a vote: " + reply);
        };
    }

    private static RequestVoteResponse voteResponse(long term, boolean granted, boolean preVote) {
        return RequestVoteResponse.newBuilder()
                .setTerm(term)
                .setGranted(granted)
                .setPreVote(preVote)
                .build();
    }

    /** The answer to {@code asked}; a vote is given in the term it was asked for. */
    static Message.Reply fromProto(RequestVoteResponse vote, RequestVoteRequest asked) {
        long term = natural(vote.getTerm());
        require(vote.getPreVote() == asked.getPreVote(), "the answer is to another kind of vote");
        require(!vote.getGranted() || term == asked.getTerm(), "the vote is for another term");
        return vote.getPreVote()
                ? new Message.PreVoteReply(term, vote.getGranted())
                : new Message.VoteReply(term, vote.getGranted());
    }

    static HeartbeatRequest toProto(Message.Heartbeat heartbeat) {
        return HeartbeatRequest.newBuilder()
                .setTerm(heartbeat.term())
                .setLeaderCommit(heartbeat.leaderCommit())
                .setRound(heartbeat.round())
                .build();
    }

    static Message.Heartbeat fromProto(HeartbeatRequest heartbeat) {
        return new Message.Heartbeat(
                positive(heartbeat.getTerm()), natural(heartbeat.getLeaderCommit()), positive(heartbeat.getRound()));
    }

    static HeartbeatResponse heartbeatToProto(Message.Reply reply) {
        if (reply instanceof Message.HeartbeatReply heartbeat) {
            return HeartbeatResponse.newBuilder()
                    .setTerm(heartbeat.term())
                    .setRound(heartbeat.round())
                    .build();
        }
        throw new IllegalArgumentException("not an answer to a heartbeat: " + reply);
    }

    /** The answer to {@code asked}: it confirms that round, in that term, or none. */
    static Message.HeartbeatReply fromProto(HeartbeatResponse heartbeat, Message.Heartbeat asked) {
        long term = positive(heartbeat.getTerm());
        long round = heartbeat.getRound();
        require(round == 0 || (round == asked.round() && term == asked.term()), "the answer is to another round");
        return new Message.HeartbeatReply(term, round);
    }

    static TimeoutNowRequest toProto(Message.TimeoutNow handOver) {
        return TimeoutNowRequest.newBuilder().setTerm(handOver.term()).build();
    }

    static Message.TimeoutNow fromProto(TimeoutNowRequest handOver) {
        return new Message.TimeoutNow(positive(handOver.getTerm()));
    }

    static TimeoutNowResponse timeoutNowToProto(Message.Reply reply) {
        if (reply instanceof Message.TimeoutNowReply handOver) {
            return TimeoutNowResponse.newBuilder().setTerm(handOver.term()).build();
        }
        throw new IllegalArgumentException("not an answer to a hand-over: " + reply);
    }

    static Message.TimeoutNowReply fromProto(TimeoutNowResponse handOver) {
        return new Message.TimeoutNowReply(positive(handOver.getTerm()));
    }

    static AppendEntriesRequest toProto(Message.AppendEntries append) {
        AppendEntriesRequest.Builder request = AppendEntriesRequest.newBuilder()
                .setTerm(append.term())
                .setPrevLogIndex(append.prevLogIndex())
                .setPrevLogTerm(append.prevLogTerm())
                .setLeaderCommit(append.leaderCommit());
        append.entries().forEach(entry -> request.addEntries(toProto(entry)));
        return request.build();
    }

    private static LogEntry toProto(Entry entry) {
        LogEntry.Builder builder = LogEntry.newBuilder()
                .setIndex(entry.index())
                .setTerm(entry.term())
                .setTimeMillis(entry.timeMillis());
        return switch (entry.payload()) {
            case Payload.NoOp noOp -> builder.setNoOp(NoOp.getDefaultInstance()).build();
            case Payload.Command command ->
                builder.setCommand(toProto(command.content())).build();
        };
    }

    static Message.AppendEntries fromProto(AppendEntriesRequest append) {
        long term = positive(append.getTerm());
        long prevLogIndex = natural(append.getPrevLogIndex());
        long prevLogTerm = natural(append.getPrevLogTerm());
        requireEntry(prevLogIndex, prevLogTerm);
        require(prevLogTerm <= term, "an entry is of a later term than its leader");
        return new Message.AppendEntries(
                term, prevLogIndex, prevLogTerm, entries(append, prevLogTerm), natural(append.getLeaderCommit()));
    }

    /** Along a log, indexes follow on each other, and neither terms nor stamps decrease. */
    private static List<Entry> entries(AppendEntriesRequest append, long prevLogTerm) {
        List<Entry> entries = new ArrayList<>(append.getEntriesCount());
        long index = append.getPrevLogIndex();
        long lastTerm = prevLogTerm;
        long lastMillis = 0;
        for (LogEntry proto : append.getEntriesList()) {
            Entry entry = fromProto(proto);
            require(entry.index() == ++index, "the entries do not follow on each other");
            require(entry.term() >= lastTerm, "the terms of the entries decrease");
            require(entry.timeMillis() >= lastMillis, "the stamps of the entries decrease");
            lastTerm = entry.term();
            lastMillis = entry.timeMillis();
            entries.add(entry);
        }
        return entries;
    }

    private static Entry fromProto(LogEntry entry) {
        Payload payload = switch (entry.getPayloadCase()) {
            case NO_OP -> new Payload.NoOp();
            case COMMAND -> new Payload.Command(fromProto(entry.getCommand()));
            case PAYLOAD_NOT_SET -> throw new IllegalArgumentException("an entry carries something");
        };
        long timeMillis = entry.getTimeMillis();
        require(timeMillis >= 0 && timeMillis < MAX_TIME_MILLIS, "a time stamp is out of range");
        return new Entry(positive(entry.getIndex()), positive(entry.getTerm()), timeMillis, payload);
    }

    static AppendEntriesResponse appendToProto(Message.Reply reply) {
        return switch (reply) {
            case Message.Appended appended ->
                AppendEntriesResponse.newBuilder()
                        .setTerm(appended.term())
                        .setSuccess(true)
                        .setMatchIndex(appended.matchIndex())
                        .build();
            case Message.AppendRefused refused ->
                AppendEntriesResponse.newBuilder()
                        .setTerm(refused.term())
                        .setPrevLogIndex(refused.prevLogIndex())
                        .setHintIndex(refused.hintIndex())
                        .setHintTerm(refused.hintTerm())
                        .build();
            default -> throw new IllegalArgumentException("not an answer to entries: " + reply);
        };
    }

    /** An answer on a stream on which entries up to {@code lastSent} have been sent: it cannot speak of later ones. */
    static Message.Reply fromProto(AppendEntriesResponse response, long lastSent) {
        long term = positive(response.getTerm());
        if (response.getSuccess()) {
            require(response.getMatchIndex() <= lastSent, "the answer is to entries that were not sent");
            return new Message.Appended(term, natural(response.getMatchIndex()));
        }
        require(response.getPrevLogIndex() <= lastSent, "the answer is to entries that were not sent");
        require(response.getHintTerm() <= term, "a hint is of a later term than who gives it");
        return new Message.AppendRefused(
                term,
                natural(response.getPrevLogIndex()),
                natural(response.getHintIndex()),
                natural(response.getHintTerm()));
    }

    static InstallSnapshotRequest toProto(SnapshotChunk chunk) {
        return InstallSnapshotRequest.newBuilder()
                .setTerm(chunk.term())
                .setSnapshot(chunk.snapshot())
                .setTotalBytes(chunk.totalBytes())
                .setOffset(chunk.offset())
                .setData(toProto(chunk.data()))
                .setChecksum(chunk.checksum())
                .build();
    }

    static SnapshotChunk fromProto(InstallSnapshotRequest chunk) {
        return new SnapshotChunk(
                natural(chunk.getTerm()),
                chunk.getSnapshot(),
                natural(chunk.getTotalBytes()),
                natural(chunk.getOffset()),
                fromProto(chunk.getData()),
                chunk.getChecksum());
    }

    static InstallSnapshotResponse toProto(SnapshotProgress progress) {
        return InstallSnapshotResponse.newBuilder()
                .setTerm(progress.term())
                .setReceivedBytes(progress.receivedBytes())
                .setComplete(progress.complete())
                .build();
    }

    static SnapshotProgress fromProto(InstallSnapshotResponse progress) {
        return new SnapshotProgress(
                natural(progress.getTerm()), natural(progress.getReceivedBytes()), progress.getComplete());
    }

    static StateDigestsResponse toProto(List<StateDigest> digests) {
        StateDigestsResponse.Builder response = StateDigestsResponse.newBuilder();
        digests.forEach(
                digest -> response.addDigestsBuilder().setIndex(digest.index()).setHash(toProto(digest.hash())));
        return response.build();
    }

    static List<StateDigest> fromProto(StateDigestsResponse response) {
        return response.getDigestsList().stream()
                .map(digest -> new StateDigest(natural(digest.getIndex()), fromProto(digest.getHash())))
                .toList();
    }

    static ByteString toProto(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    static Bytes fromProto(ByteString bytes) {
        return Bytes.copyOf(bytes.toByteArray());
    }

    /** A term, index or round, or 0 for none. */
    static long natural(long value) {
        require(value >= 0 && value < MAX_NUMBER, "a term, index or round is out of range");
        return value;
    }

    /** A term, index or round. */
    static long positive(long value) {
        require(value != 0, "a term, index or round starts at 1");
        return natural(value);
    }

    /** Terms start with the first entry. */
    private static void requireEntry(long index, long term) {
        require((index == 0) == (term == 0), "an entry has an index and a term, or neither");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
