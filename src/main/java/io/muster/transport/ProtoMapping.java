package io.muster.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
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
import io.muster.transport.proto.TimeoutNowRequest;
import io.muster.transport.proto.TimeoutNowResponse;
import java.util.ArrayList;
import java.util.List;

/** Between the core's messages and those of {@code raft.proto}. Bad input gets an {@link IllegalArgumentException}. */
final class ProtoMapping {

    private ProtoMapping() {}

    static RequestVoteRequest toProto(Message.PreVote vote) {
        return voteRequest(vote.term(), vote.lastLogIndex(), vote.lastLogTerm(), true);
    }

    static RequestVoteRequest toProto(Message.RequestVote vote) {
        return voteRequest(vote.term(), vote.lastLogIndex(), vote.lastLogTerm(), false);
    }

    private static RequestVoteRequest voteRequest(long term, long lastLogIndex, long lastLogTerm, boolean preVote) {
        return RequestVoteRequest.newBuilder()
                .setTerm(term)
                .setLastLogIndex(lastLogIndex)
                .setLastLogTerm(lastLogTerm)
                .setPreVote(preVote)
                .build();
    }

    static Message.Request fromProto(RequestVoteRequest vote) {
        long term = natural(vote.getTerm());
        long lastLogIndex = natural(vote.getLastLogIndex());
        long lastLogTerm = natural(vote.getLastLogTerm());
        return vote.getPreVote()
                ? new Message.PreVote(term, lastLogIndex, lastLogTerm)
                : new Message.RequestVote(term, lastLogIndex, lastLogTerm);
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

    static Message.Reply fromProto(RequestVoteResponse vote) {
        long term = natural(vote.getTerm());
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
                natural(heartbeat.getTerm()), natural(heartbeat.getLeaderCommit()), natural(heartbeat.getRound()));
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

    static Message.HeartbeatReply fromProto(HeartbeatResponse heartbeat) {
        return new Message.HeartbeatReply(natural(heartbeat.getTerm()), natural(heartbeat.getRound()));
    }

    static TimeoutNowRequest toProto(Message.TimeoutNow handOver) {
        return TimeoutNowRequest.newBuilder().setTerm(handOver.term()).build();
    }

    static Message.TimeoutNow fromProto(TimeoutNowRequest handOver) {
        return new Message.TimeoutNow(natural(handOver.getTerm()));
    }

    static TimeoutNowResponse timeoutNowToProto(Message.Reply reply) {
        if (reply instanceof Message.TimeoutNowReply handOver) {
            return TimeoutNowResponse.newBuilder().setTerm(handOver.term()).build();
        }
        throw new IllegalArgumentException("not an answer to a hand-over: " + reply);
    }

    static Message.TimeoutNowReply fromProto(TimeoutNowResponse handOver) {
        return new Message.TimeoutNowReply(natural(handOver.getTerm()));
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
        List<Entry> entries = new ArrayList<>(append.getEntriesCount());
        long index = natural(append.getPrevLogIndex());
        for (LogEntry entry : append.getEntriesList()) {
            if (entry.getIndex() != ++index) {
                throw new IllegalArgumentException("entry " + entry.getIndex() + " stands where " + index + " belongs");
            }
            entries.add(fromProto(entry));
        }
        return new Message.AppendEntries(
                natural(append.getTerm()),
                append.getPrevLogIndex(),
                natural(append.getPrevLogTerm()),
                entries,
                natural(append.getLeaderCommit()));
    }

    private static Entry fromProto(LogEntry entry) {
        Payload payload = switch (entry.getPayloadCase()) {
            case NO_OP -> new Payload.NoOp();
            case COMMAND -> new Payload.Command(fromProto(entry.getCommand()));
            case PAYLOAD_NOT_SET -> throw new IllegalArgumentException("an entry carries something");
        };
        return new Entry(entry.getIndex(), natural(entry.getTerm()), entry.getTimeMillis(), payload);
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

    static Message.Reply fromProto(AppendEntriesResponse response) {
        long term = natural(response.getTerm());
        return response.getSuccess()
                ? new Message.Appended(term, natural(response.getMatchIndex()))
                : new Message.AppendRefused(
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

    static ByteString toProto(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    static Bytes fromProto(ByteString bytes) {
        return Bytes.copyOf(bytes.toByteArray());
    }

    private static long natural(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a term or index beyond 2^63");
        }
        return value;
    }
}
