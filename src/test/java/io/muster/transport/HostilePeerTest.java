package io.muster.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.Committed;
import io.muster.transport.proto.HeartbeatRequest;
import io.muster.transport.proto.HeartbeatResponse;
import io.muster.transport.proto.ProposeRequest;
import io.muster.transport.proto.ProposeResponse;
import io.muster.transport.proto.RaftGrpc;
import io.muster.transport.proto.ReadIndexRequest;
import io.muster.transport.proto.ReadIndexResponse;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.RequestVoteResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that speaks gRPC and nonsense: as a caller of the service, and as who answers. */
@Timeout(60)
class HostilePeerTest {

    private static final int ROUNDS = 5_000;
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final Set<NodeId> MEMBERS = Set.of(ONE, TWO);

    private final RecordingEndpoint endpoint = new RecordingEndpoint();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private @Nullable Server server;

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        if (server != null) {
            server.shutdownNow();
        }
    }

    /** Keeps the last status. */
    private static final class Ear<R> implements StreamObserver<R> {

        private Status status = Status.OK;

        @Override
        public void onNext(R value) {}

        @Override
        public void onError(Throwable failure) {
            status = Status.fromThrowable(failure);
        }

        @Override
        public void onCompleted() {}
    }

    @Test
    void getsAStatusForWhateverItCalls() {
        RaftService service = new RaftService(endpoint, HostilePeerTest::requireEven);
        Rounds.run("RaftService", ROUNDS, random -> {
            Mutations mutations = new Mutations(random, List.of(new byte[] {2, 4}, new byte[70_000]));
            Ear<?> ear = Context.current().withValue(PeerCheck.SENDER, TWO).call(() -> switch (random.nextInt(4)) {
                case 0 -> {
                    Ear<RequestVoteResponse> vote = new Ear<>();
                    service.requestVote(
                            (RequestVoteRequest) HostileMessagesTest.withNumbers(
                                    ProtoMapping.toProto(new Message.PreVote(5, 7, 4)), random),
                            vote);
                    yield vote;
                }
                case 1 -> {
                    Ear<HeartbeatResponse> heartbeat = new Ear<>();
                    service.heartbeat(
                            (HeartbeatRequest) HostileMessagesTest.withNumbers(
                                    ProtoMapping.toProto(new Message.Heartbeat(5, 3, 9)), random),
                            heartbeat);
                    yield heartbeat;
                }
                case 2 -> {
                    Ear<AppendEntriesResponse> append = new Ear<>();
                    service.appendEntries(append).onNext((AppendEntriesRequest) HostileMessagesTest.withNumbers(
                            ProtoMapping.toProto(HostileMessagesTest.append(7, 4, 3)), random));
                    yield append;
                }
                default -> {
                    Ear<ProposeResponse> propose = new Ear<>();
                    service.propose(
                            ProposeRequest.newBuilder()
                                    .setCommand(ByteString.copyFrom(mutations.next()))
                                    .build(),
                            propose);
                    yield propose;
                }
            });
            endpoint.received.clear();
            assertThat(ear.status.getCode()).isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
            return ear.status.isOk();
        });
    }

    private static void requireEven(Bytes command) {
        if (command.size() % 2 != 0) {
            throw new IllegalArgumentException("odd");
        }
    }

    @Test
    void cannotHaveACommandReplicatedThatNobodyCanApply() {
        endpoint.propose = command -> {
            throw new AssertionError("it has reached the log");
        };
        Ear<ProposeResponse> ear = new Ear<>();
        new RaftService(endpoint, HostilePeerTest::requireEven)
                .propose(
                        ProposeRequest.newBuilder()
                                .setCommand(ByteString.copyFromUtf8("odd"))
                                .build(),
                        ear);

        assertThat(ear.status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** Answers everything at once, with numbers that nothing was sent for. */
    private static final class Liar extends RaftGrpc.RaftImplBase {

        private static <R> void answer(StreamObserver<R> observer, R answer) {
            observer.onNext(answer);
            observer.onCompleted();
        }

        @Override
        public void requestVote(RequestVoteRequest request, StreamObserver<RequestVoteResponse> observer) {
            answer(
                    observer,
                    RequestVoteResponse.newBuilder()
                            .setTerm(-1)
                            .setGranted(true)
                            .build());
        }

        @Override
        public void heartbeat(HeartbeatRequest request, StreamObserver<HeartbeatResponse> observer) {
            answer(
                    observer,
                    HeartbeatResponse.newBuilder()
                            .setTerm(request.getTerm())
                            .setRound(1_000_000)
                            .build());
        }

        @Override
        public void propose(ProposeRequest request, StreamObserver<ProposeResponse> observer) {
            answer(
                    observer,
                    ProposeResponse.newBuilder()
                            .setCommitted(Committed.newBuilder().setIndex(-1))
                            .build());
        }

        @Override
        public void readIndex(ReadIndexRequest request, StreamObserver<ReadIndexResponse> observer) {
            answer(observer, ReadIndexResponse.newBuilder().setIndex(-1).build());
        }

        @Override
        public StreamObserver<AppendEntriesRequest> appendEntries(StreamObserver<AppendEntriesResponse> observer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(AppendEntriesRequest request) {
                    observer.onNext(AppendEntriesResponse.newBuilder()
                            .setTerm(request.getTerm())
                            .setSuccess(true)
                            .setMatchIndex(1_000_000)
                            .build());
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {}
            };
        }
    }

    private GrpcTransport transportToALiar() throws IOException {
        Server liar = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .directExecutor()
                .addService(new Liar())
                .build()
                .start();
        server = liar;
        GrpcTransport made = new GrpcTransport(
                new PeerIdentity("cluster", ONE, MEMBERS),
                new TransportOptions(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                Map.of(TWO, new GrpcTransport.Channels(channel(liar), channel(liar))));
        made.connect(endpoint);
        return made;
    }

    private ManagedChannel channel(Server to) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + to.getPort(), InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        channels.add(channel);
        return channel;
    }

    @Test
    void cannotHaveItsAnswersCounted() throws IOException {
        GrpcTransport transport = transportToALiar();
        transport.send(TWO, new Message.RequestVote(5, 7, 4));
        transport.send(TWO, new Message.Heartbeat(5, 3, 9));
        transport.send(TWO, HostileMessagesTest.append(7, 4, 3));

        await().until(() -> endpoint.outboundClosed.equals(List.of(TWO)));
        assertThat(readyOutcome(() -> transport.readIndex(TWO, 5))).isInstanceOf(ConsensusException.NoQuorum.class);
        assertThat(endpoint.answers).isEmpty();
    }

    @Test
    void cannotHaveACommandCountedAsApplied() throws IOException {
        GrpcTransport transport = transportToALiar();

        assertThat(readyOutcome(() -> transport.propose(TWO, Bytes.EMPTY)))
                .isInstanceOf(ConsensusException.OutcomeUnknown.class);
    }

    /** Of the first call that was sent: until there is a connection, none is. */
    private static <T> Throwable readyOutcome(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> sent = await().until(call::get, result -> !isUnconnected(result));
        await().until(sent::isDone);
        return sent.exceptionNow();
    }

    private static boolean isUnconnected(CompletableFuture<?> result) {
        return result.isCompletedExceptionally()
                && String.valueOf(result.exceptionNow().getMessage()).startsWith("not connected");
    }
}
