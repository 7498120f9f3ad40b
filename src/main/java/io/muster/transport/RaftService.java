package io.muster.transport;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.muster.node.Consensus;
import io.muster.node.Failures;
import io.muster.node.PeerEndpoint;
import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.Committed;
import io.muster.transport.proto.HeartbeatRequest;
import io.muster.transport.proto.HeartbeatResponse;
import io.muster.transport.proto.InstallSnapshotRequest;
import io.muster.transport.proto.InstallSnapshotResponse;
import io.muster.transport.proto.ProposeRequest;
import io.muster.transport.proto.ProposeResponse;
import io.muster.transport.proto.RaftGrpc;
import io.muster.transport.proto.ReadIndexRequest;
import io.muster.transport.proto.ReadIndexResponse;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.RequestVoteResponse;
import io.muster.transport.proto.StateDigestsRequest;
import io.muster.transport.proto.StateDigestsResponse;
import io.muster.transport.proto.TimeoutNowRequest;
import io.muster.transport.proto.TimeoutNowResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.devh.boot.grpc.server.service.GrpcService;

/** What peers call. Behind {@link PeerCheck}, so that every call is from a member. Thread-safe; never blocks. */
@GrpcService
public final class RaftService extends RaftGrpc.RaftImplBase {

    private static final Status BUSY = Status.RESOURCE_EXHAUSTED.withDescription("too many peer messages wait");

    private final PeerEndpoint endpoint;
    private final Consumer<Bytes> commandCheck;
    private final Map<NodeId, Entries> streams = new TreeMap<>();

    /**
     * The service of one replica.
     *
     * @param commandCheck refuses with an {@link IllegalArgumentException} a command that could not be applied: once it is
     *     in the log, it would stop every replica
     */
    public RaftService(PeerEndpoint endpoint, Consumer<Bytes> commandCheck) {
        this.endpoint = endpoint;
        this.commandCheck = commandCheck;
    }

    @Override
    public void requestVote(RequestVoteRequest request, StreamObserver<RequestVoteResponse> observer) {
        answerOne(() -> ProtoMapping.fromProto(request), ProtoMapping::voteToProto, observer);
    }

    @Override
    public void heartbeat(HeartbeatRequest request, StreamObserver<HeartbeatResponse> observer) {
        answerOne(() -> ProtoMapping.fromProto(request), ProtoMapping::heartbeatToProto, observer);
    }

    @Override
    public void timeoutNow(TimeoutNowRequest request, StreamObserver<TimeoutNowResponse> observer) {
        answerOne(() -> ProtoMapping.fromProto(request), ProtoMapping::timeoutNowToProto, observer);
    }

    private <R> void answerOne(
            Supplier<Message.Request> request, Function<Message.Reply, R> toProto, StreamObserver<R> observer) {
        Answers<R> answers = new Answers<>(observer);
        try {
            boolean taken = endpoint.receive(
                    PeerCheck.SENDER.get(), request.get(), reply -> answers.last(toProto.apply(reply)));
            if (!taken) {
                answers.fail(BUSY);
            }
        } catch (IllegalArgumentException malformed) {
            answers.fail(Status.INVALID_ARGUMENT.withDescription(malformed.getMessage()));
        }
    }

    @Override
    public StreamObserver<AppendEntriesRequest> appendEntries(StreamObserver<AppendEntriesResponse> observer) {
        NodeId leader = PeerCheck.SENDER.get();
        Entries stream = new Entries(leader, new Answers<>(observer));
        synchronized (streams) {
            streams.put(leader, stream);
        }
        return stream;
    }

    @Override
    public void propose(ProposeRequest request, StreamObserver<ProposeResponse> observer) {
        Answers<ProposeResponse> answers = new Answers<>(observer);
        if (request.getCommand().size() > Consensus.MAX_COMMAND_BYTES) {
            answers.fail(Status.INVALID_ARGUMENT.withDescription(
                    "a command of " + request.getCommand().size() + " bytes is too large"));
            return;
        }
        Bytes command = ProtoMapping.fromProto(request.getCommand());
        try {
            commandCheck.accept(command);
        } catch (IllegalArgumentException malformed) {
            answers.fail(Status.INVALID_ARGUMENT.withDescription(malformed.getMessage()));
            return;
        }
        var _ = endpoint.proposeHere(command).whenComplete((committed, failure) -> {
            ProposeResponse.Builder response = ProposeResponse.newBuilder();
            if (failure == null) {
                response.setCommitted(Committed.newBuilder()
                        .setIndex(committed.index())
                        .setResult(ProtoMapping.toProto(committed.result())));
            } else {
                response.setRefusal(Refusals.toProto(Failures.cause(failure)));
            }
            answers.last(response.build());
        });
    }

    @Override
    public void readIndex(ReadIndexRequest request, StreamObserver<ReadIndexResponse> observer) {
        Answers<ReadIndexResponse> answers = new Answers<>(observer);
        if (request.getTerm() < 0) {
            answers.fail(Status.INVALID_ARGUMENT.withDescription("a term beyond 2^63"));
            return;
        }
        var _ = endpoint.readIndexFor(PeerCheck.SENDER.get(), request.getTerm()).whenComplete((index, failure) -> {
            ReadIndexResponse.Builder response = ReadIndexResponse.newBuilder();
            if (failure == null) {
                response.setIndex(index);
            } else {
                response.setRefusal(Refusals.toProto(Failures.cause(failure)));
            }
            answers.last(response.build());
        });
    }

    @Override
    public void stateDigests(StateDigestsRequest request, StreamObserver<StateDigestsResponse> observer) {
        new Answers<>(observer).last(ProtoMapping.toProto(endpoint.stateDigests()));
    }

    @Override
    public void installSnapshot(InstallSnapshotRequest request, StreamObserver<InstallSnapshotResponse> observer) {
        Answers<InstallSnapshotResponse> answers = new Answers<>(observer);
        try {
            var _ = endpoint.receiveSnapshot(ProtoMapping.fromProto(request)).whenComplete((progress, failure) -> {
                if (failure == null) {
                    answers.last(ProtoMapping.toProto(progress));
                } else {
                    answers.fail(Status.UNAVAILABLE.withDescription(
                            Failures.cause(failure).getMessage()));
                }
            });
        } catch (IllegalArgumentException malformed) {
            answers.fail(Status.INVALID_ARGUMENT.withDescription(malformed.getMessage()));
        }
    }

    /** The stream of entries from one leader. */
    private final class Entries implements StreamObserver<AppendEntriesRequest> {

        private final NodeId leader;
        private final Answers<AppendEntriesResponse> answers;

        Entries(NodeId leader, Answers<AppendEntriesResponse> answers) {
            this.leader = leader;
            this.answers = answers;
        }

        @Override
        public void onNext(AppendEntriesRequest request) {
            try {
                boolean taken = endpoint.receive(
                        leader,
                        ProtoMapping.fromProto(request),
                        reply -> answers.next(ProtoMapping.appendToProto(reply)));
                if (!taken) {
                    answers.fail(BUSY);
                }
            } catch (IllegalArgumentException malformed) {
                answers.fail(Status.INVALID_ARGUMENT.withDescription(malformed.getMessage()));
            }
        }

        @Override
        public void onError(Throwable failure) {
            answers.abandon();
            ended();
        }

        @Override
        public void onCompleted() {
            answers.complete();
            ended();
        }

        /** The end of a stream that a newer one has replaced means nothing; the newer one's messages come behind it. */
        private void ended() {
            synchronized (streams) {
                if (streams.remove(leader, this)) {
                    endpoint.inboundClosed(leader);
                }
            }
        }
    }

    /** Answers a call from any thread, and not at all once it is over: the caller may have gone. */
    private static final class Answers<R> {

        private final StreamObserver<R> observer;
        private boolean over;

        Answers(StreamObserver<R> observer) {
            this.observer = observer;
            if (observer instanceof ServerCallStreamObserver<R> call) {
                call.setOnCancelHandler(this::abandon);
            }
        }

        synchronized void next(R answer) {
            if (!over) {
                observer.onNext(answer);
            }
        }

        synchronized void last(R answer) {
            next(answer);
            complete();
        }

        synchronized void complete() {
            if (!over) {
                over = true;
                observer.onCompleted();
            }
        }

        synchronized void fail(Status status) {
            if (!over) {
                over = true;
                observer.onError(status.asRuntimeException());
            }
        }

        synchronized void abandon() {
            over = true;
        }
    }
}
