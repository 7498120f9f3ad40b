package io.muster.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Input;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.Payload;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.LogEntry;
import io.muster.transport.proto.RaftGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Node 1 speaks to node 2, by gRPC over the loopback interface. */
@Timeout(60)
class TransportTest {

    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final Set<NodeId> MEMBERS = Set.of(ONE, TWO, new NodeId(3));
    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final String NOT_CONNECTED = "not connected";
    private static final Bytes COMMAND = Bytes.copyOf(new byte[] {1, 2, 3});

    private final RecordingEndpoint one = new RecordingEndpoint();
    private final RecordingEndpoint two = new RecordingEndpoint();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Server server;
    private GrpcTransport transport;

    @BeforeEach
    void connect() throws IOException {
        server = serverOfTwo(0);
        transport = transportOfOne("cluster");
    }

    private Server serverOfTwo(int port) throws IOException {
        return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .directExecutor()
                .addService(new RaftService(two, command -> {}))
                .intercept(new PeerCheck(new PeerIdentity("cluster", TWO, MEMBERS)))
                .build()
                .start();
    }

    private GrpcTransport transportOfOne(String clusterId) {
        GrpcTransport made = new GrpcTransport(
                new PeerIdentity(clusterId, ONE, MEMBERS),
                new TransportOptions(DEADLINE, Duration.ofSeconds(4)),
                Map.of(TWO, new GrpcTransport.Channels(channel(), channel())));
        made.connect(one);
        return made;
    }

    private ManagedChannel channel() {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .directExecutor()
                .build();
        channels.add(channel);
        return channel;
    }

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
    }

    private static Message.AppendEntries entries(long first, int count) {
        List<Entry> entries = LongStream.range(first, first + count)
                .mapToObj(index -> new Entry(index, 4, 1_000 + index, new Payload.Command(COMMAND)))
                .toList();
        return new Message.AppendEntries(4, first - 1, first == 1 ? 0 : 4, entries, first - 1);
    }

    static Stream<Message.Request> requests() {
        return Stream.of(
                new Message.PreVote(5, 7, 4),
                new Message.RequestVote(5, 7, 4),
                new Message.Heartbeat(4, 7, 9),
                entries(8, 3),
                new Message.AppendEntries(4, 7, 3, List.of(new Entry(8, 4, 99, new Payload.NoOp())), 6));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatArrivesIsWhatWasSent(Message.Request request) {
        transport.send(TWO, request);
        await().until(() -> !two.received.isEmpty());

        assertThat(two.received.getFirst().from()).isEqualTo(ONE);
        assertThat(two.messages()).containsExactly(request);
    }

    static Stream<List<Message>> exchanges() {
        return Stream.of(
                List.of(new Message.PreVote(5, 7, 4), new Message.PreVoteReply(5, true)),
                List.of(new Message.RequestVote(5, 7, 4), new Message.VoteReply(6, false)),
                List.of(new Message.Heartbeat(4, 7, 9), new Message.HeartbeatReply(4, 9)),
                List.of(entries(8, 3), new Message.Appended(4, 10)),
                List.of(entries(8, 3), new Message.AppendRefused(4, 7, 5, 3)));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void whatIsAnsweredComesBack(List<Message> exchange) {
        transport.send(TWO, (Message.Request) exchange.getFirst());
        await().until(() -> !two.received.isEmpty());
        two.received.getFirst().answer().accept((Message.Reply) exchange.getLast());

        await().until(() -> !one.answers.isEmpty());
        assertThat(one.answers).isEqualTo(List.of(exchange.getLast()));
    }

    @Test
    void entriesArriveInTheirOrderWithoutWaitingForAnswers() {
        List<Message.Request> sent = new ArrayList<>();
        for (long first = 1; first < 2_000; first += 10) {
            sent.add(entries(first, 10));
        }
        sent.forEach(message -> transport.send(TWO, message));
        await().until(() -> two.received.size() == sent.size());

        assertThat(two.messages()).isEqualTo(sent);
    }

    @Test
    void theEndOfThePeerIsTheEndOfTheStreamToIt() throws IOException, InterruptedException {
        transport.send(TWO, entries(1, 1));
        await().until(() -> two.received.size() == 1);
        int port = server.getPort();
        server.shutdownNow().awaitTermination();
        await().until(() -> one.outboundClosed.equals(List.of(TWO)));

        server = serverOfTwo(port);
        await().until(() -> {
            transport.send(TWO, entries(2, 1));
            return two.received.size() > 1;
        });
        assertThat(two.messages().getLast()).isEqualTo(entries(2, 1));
    }

    @Test
    void theEndOfTheSenderIsTheEndOfTheStreamFromIt() {
        transport.send(TWO, entries(1, 1));
        await().until(() -> two.received.size() == 1);
        channels.forEach(ManagedChannel::shutdownNow);

        await().until(() -> two.inboundClosed.equals(List.of(ONE)));
    }

    @Test
    void theEndOfAStreamThatAnotherHasReplacedMeansNothing() {
        StreamObserver<AppendEntriesRequest> old = rawStream(new CopyOnWriteArrayList<>());
        old.onNext(raw(0, 1));
        await().until(() -> two.received.size() == 1);
        StreamObserver<AppendEntriesRequest> fresh = rawStream(new CopyOnWriteArrayList<>());
        fresh.onNext(raw(0, 1));
        await().until(() -> two.received.size() == 2);
        old.onCompleted();
        fresh.onNext(raw(1, 2));
        await().until(() -> two.received.size() == 3);
        assertThat(two.inboundClosed).isEmpty();

        fresh.onCompleted();
        await().until(() -> two.inboundClosed.equals(List.of(ONE)));
    }

    @Test
    void anOverloadedPeerClosesTheStreamAndTakesTheNext() {
        two.overloaded = true;
        transport.send(TWO, entries(1, 1));
        await().until(() -> one.outboundClosed.equals(List.of(TWO)));

        two.overloaded = false;
        transport.send(TWO, entries(1, 1));
        await().until(() -> two.received.size() == 1);
        assertThat(two.inboundClosed).isEmpty();
    }

    @Test
    void entriesThatAreOutOfOrderEndTheirStream() {
        List<Status> ends = new CopyOnWriteArrayList<>();
        rawStream(ends).onNext(raw(0, 5));

        await().until(() -> !ends.isEmpty());
        assertThat(ends.getFirst().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(two.received).isEmpty();
    }

    private static AppendEntriesRequest raw(long prevLogIndex, long index) {
        return AppendEntriesRequest.newBuilder()
                .setTerm(4)
                .setPrevLogIndex(prevLogIndex)
                .setPrevLogTerm(prevLogIndex == 0 ? 0 : 4)
                .addEntries(LogEntry.newBuilder().setIndex(index).setTerm(4).setCommand(ProtoMapping.toProto(COMMAND)))
                .build();
    }

    private StreamObserver<AppendEntriesRequest> rawStream(List<Status> ends) {
        return RaftGrpc.newStub(channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(
                        new PeerIdentity("cluster", ONE, MEMBERS).headersTo(TWO)))
                .appendEntries(new StreamObserver<AppendEntriesResponse>() {
                    @Override
                    public void onNext(AppendEntriesResponse response) {}

                    @Override
                    public void onError(Throwable failure) {
                        ends.add(Status.fromThrowable(failure));
                    }

                    @Override
                    public void onCompleted() {
                        ends.add(Status.OK);
                    }
                });
    }

    @Test
    void aPeerThatIsSilentLosesItsStream() {
        transport.send(TWO, entries(1, 1));
        await().until(() -> two.received.size() == 1);
        for (int i = 1; i <= 3; i++) {
            transport.send(TWO, new Message.Heartbeat(4, 0, i));
        }

        await().until(() -> one.outboundClosed.equals(List.of(TWO)));
    }

    @Test
    void aPeerThatAnswersKeepsItsStreamHoweverLateTheEntriesAreAnswered() {
        transport.send(TWO, entries(1, 1));
        await().until(() -> two.received.size() == 1);
        for (int i = 1; i <= 5; i++) {
            Message.Heartbeat heartbeat = new Message.Heartbeat(4, 0, i);
            Message.HeartbeatReply reply = new Message.HeartbeatReply(4, i);
            transport.send(TWO, heartbeat);
            await().until(() -> two.messages().contains(heartbeat));
            two.received.getLast().answer().accept(reply);
            await().until(() -> one.answers.contains(reply));
        }

        assertThat(one.outboundClosed).isEmpty();
    }

    @Test
    void passesACommandOnAndItsResultBack() {
        two.propose = command -> CompletableFuture.completedFuture(new Consensus.Committed(7, command));

        assertThat(proposed()).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(new Consensus.Committed(7, COMMAND));
    }

    @Test
    void passesRefusalsBack() {
        for (ConsensusException refusal : List.of(
                new ConsensusException.NoQuorum("none"),
                new ConsensusException.Overloaded("full"),
                new ConsensusException.OutcomeUnknown("late"))) {
            two.propose = command -> CompletableFuture.failedFuture(refusal);
            assertThat(failureOf(proposed())).isInstanceOf(refusal.getClass());
        }
    }

    @Test
    void aCommandWhoseAnswerIsLostMayHaveTakenEffect() {
        two.propose = command -> {
            server.shutdownNow();
            return new CompletableFuture<>();
        };

        assertThat(failureOf(proposed())).isInstanceOf(ConsensusException.OutcomeUnknown.class);
    }

    @Test
    void aCommandIsNotSentToWhomThereIsNoConnection() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        await().until(() -> channels.stream().noneMatch(TransportTest::isConnected));

        assertThat(failureOf(transport.propose(TWO, COMMAND)))
                .isInstanceOf(ConsensusException.NoQuorum.class)
                .hasMessageStartingWith(NOT_CONNECTED);
        assertThat(failureOf(transport.readIndex(TWO, 3)))
                .isInstanceOf(ConsensusException.NoQuorum.class)
                .hasMessageStartingWith(NOT_CONNECTED);
        assertThat(failureOf(transport.stateDigests(TWO)))
                .isInstanceOf(ConsensusException.NoQuorum.class)
                .hasMessageStartingWith(NOT_CONNECTED);
    }

    private static boolean isConnected(ManagedChannel channel) {
        return channel.getState(false) == ConnectivityState.READY;
    }

    @Test
    void aCommandThatAnotherClusterRefusesTookEffectNowhere() {
        transport = transportOfOne("another");

        assertThat(failureOf(proposed())).isInstanceOf(ConsensusException.NoQuorum.class);
    }

    @Test
    void asksForAReadPoint() {
        two.readPoint = CompletableFuture.completedFuture(42L);
        assertThat(whenConnected(() -> transport.readIndex(TWO, 3)))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(42L);
        assertThat(two.askedForReadPoints).containsOnly(new Input.Voucher(ONE, 3));

        two.readPoint = new CompletableFuture<>();
        assertThat(failureOf(transport.readIndex(TWO, 3)))
                .isInstanceOf(ConsensusException.NoQuorum.class)
                .hasMessageContaining("DEADLINE_EXCEEDED");
    }

    @Test
    void asksForDigestsOfTheState() {
        two.digests = List.of(
                new StateDigest(256, Bytes.copyOf(new byte[] {1})), new StateDigest(300, Bytes.copyOf(new byte[16])));
        assertThat(whenConnected(() -> transport.stateDigests(TWO)))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(two.digests);

        two.digests = List.of(new StateDigest(Long.MAX_VALUE, Bytes.EMPTY));
        assertThat(failureOf(transport.stateDigests(TWO)))
                .isInstanceOf(ConsensusException.NoQuorum.class)
                .hasMessageContaining("makes no sense");
    }

    @Test
    void carriesPartsOfASnapshot() {
        SnapshotChunk chunk = new SnapshotChunk(3, -7, 1000, 4, Bytes.copyOf(new byte[] {1, 2, 3}), -5);
        two.snapshotProgress = CompletableFuture.completedFuture(new SnapshotProgress(3, 7, true));
        assertThat(whenConnected(() -> transport.sendSnapshot(TWO, chunk)))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(new SnapshotProgress(3, 7, true));
        assertThat(two.chunks).containsOnly(chunk);

        two.snapshotProgress =
                CompletableFuture.failedFuture(new ConsensusException.NoQuorum("another snapshot is being installed"));
        assertThat(failureOf(transport.sendSnapshot(TWO, chunk))).isInstanceOf(ConsensusException.NoQuorum.class);
    }

    private CompletableFuture<Consensus.Committed> proposed() {
        return whenConnected(() -> transport.propose(TWO, COMMAND));
    }

    /** The first that was sent: until there is a connection, none is. */
    private static <T> CompletableFuture<T> whenConnected(Supplier<CompletableFuture<T>> call) {
        return await().until(call::get, TransportTest::wasSent);
    }

    private static boolean wasSent(CompletableFuture<?> result) {
        return !result.isCompletedExceptionally()
                || !String.valueOf(result.exceptionNow().getMessage()).startsWith(NOT_CONNECTED);
    }

    private static Throwable failureOf(CompletableFuture<?> result) {
        await().until(result::isDone);
        return result.exceptionNow();
    }
}
