package io.muster.transport;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.muster.node.Consensus.Committed;
import io.muster.node.ConsensusException;
import io.muster.node.PeerEndpoint;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.transport.proto.ProposeRequest;
import io.muster.transport.proto.ProposeResponse;
import io.muster.transport.proto.RaftGrpc;
import io.muster.transport.proto.ReadIndexRequest;
import io.muster.transport.proto.ReadIndexResponse;
import io.muster.transport.proto.RequestVoteRequest;
import io.muster.transport.proto.StateDigestsRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two connections to one peer: one for what is urgent, one for what is large. Thread-safe. */
final class PeerLink {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    /** A peer that misses so many urgent calls in a row gets new connections: the old may be dead without a word. */
    private static final int MISSES_BEFORE_RECONNECT = 3;

    private final NodeId peer;
    private final PeerEndpoint endpoint;
    private final TransportOptions options;
    private final ManagedChannel urgent;
    private final ManagedChannel bulk;
    private final RaftGrpc.RaftStub urgentStub;
    private final RaftGrpc.RaftStub bulkStub;
    private final AppendStream entries;
    private final Reconnects urgentReconnects;
    private final Reconnects bulkReconnects;
    private final AtomicInteger misses = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicBoolean reachable = new AtomicBoolean(true);

    PeerLink(
            NodeId peer,
            PeerIdentity identity,
            PeerEndpoint endpoint,
            TransportOptions options,
            ManagedChannel urgent,
            ManagedChannel bulk) {
        this.peer = peer;
        this.endpoint = endpoint;
        this.options = options;
        this.urgent = urgent;
        this.bulk = bulk;
        var headers = MetadataUtils.newAttachHeadersInterceptor(identity.headersTo(peer));
        this.urgentStub = RaftGrpc.newStub(urgent).withInterceptors(headers);
        this.bulkStub = RaftGrpc.newStub(bulk).withInterceptors(headers);
        this.urgentReconnects = new Reconnects(urgent);
        this.bulkReconnects = new Reconnects(bulk);
        this.entries = new AppendStream(peer, bulkStub, endpoint, bulkReconnects::failed);
        urgent.getState(true);
        bulk.getState(true);
    }

    void send(Message.Request message) {
        switch (message) {
            case Message.AppendEntries append -> entries.send(append);
            case Message.Heartbeat heartbeat ->
                inTime().heartbeat(
                                ProtoMapping.toProto(heartbeat),
                                urgentAnswer(
                                        reply -> endpoint.answered(peer, ProtoMapping.fromProto(reply, heartbeat))));
            case Message.PreVote vote -> askForVote(ProtoMapping.toProto(vote));
            case Message.RequestVote vote -> askForVote(ProtoMapping.toProto(vote));
            case Message.TimeoutNow handOver ->
                inTime().timeoutNow(
                                ProtoMapping.toProto(handOver),
                                urgentAnswer(reply -> endpoint.answered(peer, ProtoMapping.fromProto(reply))));
        }
    }

    private void askForVote(RequestVoteRequest request) {
        inTime().requestVote(
                        request,
                        urgentAnswer(reply -> endpoint.answered(peer, ProtoMapping.fromProto(reply, request))));
    }

    private RaftGrpc.RaftStub inTime() {
        return urgentStub.withDeadlineAfter(options.messageDeadline().toNanos(), TimeUnit.NANOSECONDS);
    }

    private <T> StreamObserver<T> urgentAnswer(Consumer<T> take) {
        int sentIn = generation.get();
        return UnaryAnswer.of(
                reply -> {
                    answered();
                    take.accept(reply);
                },
                status -> missed(status, sentIn));
    }

    private void answered() {
        misses.set(0);
        urgentReconnects.succeeded();
        if (reachable.compareAndSet(false, true)) {
            bulkReconnects.succeeded();
            LOG.info("Node {} answers again", peer);
        }
    }

    /** A call on the connections before says nothing about those of now. */
    private void missed(Status status, int sentIn) {
        if (reachable.compareAndSet(true, false)) {
            LOG.info("Node {} does not answer: {} {}", peer, status.getCode(), status.getDescription());
        }
        urgentReconnects.failed();
        if (sentIn == generation.get()
                && status.getCode() == Status.Code.DEADLINE_EXCEEDED
                && misses.incrementAndGet() >= MISSES_BEFORE_RECONNECT
                && generation.compareAndSet(sentIn, sentIn + 1)) {
            misses.set(0);
            urgent.enterIdle();
            bulk.enterIdle();
            entries.reset();
        }
    }

    CompletableFuture<Committed> propose(Bytes command) {
        CompletableFuture<Committed> result = new CompletableFuture<>();
        if (!isReady(bulk, bulkReconnects)) {
            result.completeExceptionally(notConnected());
            return result;
        }
        bulkStub.withDeadlineAfter(options.requestDeadline().toNanos(), TimeUnit.NANOSECONDS)
                .propose(
                        ProposeRequest.newBuilder()
                                .setCommand(ProtoMapping.toProto(command))
                                .build(),
                        UnaryAnswer.of(
                                response -> complete(result, response),
                                status -> result.completeExceptionally(Refusals.ofWrite(status))));
        return result;
    }

    private static void complete(CompletableFuture<Committed> result, ProposeResponse response) {
        if (response.hasCommitted()) {
            var committed = response.getCommitted();
            result.complete(new Committed(
                    ProtoMapping.positive(committed.getIndex()), ProtoMapping.fromProto(committed.getResult())));
        } else {
            result.completeExceptionally(Refusals.fromProto(response.getRefusal()));
        }
    }

    CompletableFuture<Long> readIndex(long term) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        if (!isReady(urgent, urgentReconnects)) {
            result.completeExceptionally(notConnected());
            return result;
        }
        inTime().readIndex(
                        ReadIndexRequest.newBuilder().setTerm(term).build(),
                        UnaryAnswer.of(
                                response -> complete(result, response),
                                status -> result.completeExceptionally(Refusals.ofRead(status))));
        return result;
    }

    private static void complete(CompletableFuture<Long> result, ReadIndexResponse response) {
        if (response.hasIndex()) {
            result.complete(ProtoMapping.positive(response.getIndex()));
        } else {
            result.completeExceptionally(Refusals.fromProto(response.getRefusal()));
        }
    }

    CompletableFuture<List<StateDigest>> stateDigests() {
        CompletableFuture<List<StateDigest>> result = new CompletableFuture<>();
        if (!isReady(urgent, urgentReconnects)) {
            result.completeExceptionally(notConnected());
            return result;
        }
        inTime().stateDigests(
                        StateDigestsRequest.getDefaultInstance(),
                        UnaryAnswer.of(
                                response -> complete(result, () -> ProtoMapping.fromProto(response)),
                                status -> result.completeExceptionally(Refusals.ofRead(status))));
        return result;
    }

    CompletableFuture<SnapshotProgress> sendSnapshot(SnapshotChunk chunk) {
        CompletableFuture<SnapshotProgress> result = new CompletableFuture<>();
        if (!isReady(bulk, bulkReconnects)) {
            result.completeExceptionally(notConnected());
            return result;
        }
        bulkStub.withDeadlineAfter(options.requestDeadline().toNanos(), TimeUnit.NANOSECONDS)
                .installSnapshot(
                        ProtoMapping.toProto(chunk),
                        UnaryAnswer.of(
                                response -> complete(result, () -> ProtoMapping.fromProto(response)),
                                status -> result.completeExceptionally(Refusals.ofRead(status))));
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> answer) {
        try {
            result.complete(answer.get());
        } catch (IllegalArgumentException malformed) {
            result.completeExceptionally(new ConsensusException.NoQuorum("the answer makes no sense: " + malformed));
        }
    }

    /** What is sent on a connected channel only has certainly not arrived where there was none. */
    private static boolean isReady(ManagedChannel channel, Reconnects reconnects) {
        ConnectivityState state = channel.getState(true);
        if (state == ConnectivityState.TRANSIENT_FAILURE) {
            reconnects.failed();
        }
        return state == ConnectivityState.READY;
    }

    private ConsensusException notConnected() {
        return new ConsensusException.NoQuorum("not connected to node " + peer);
    }
}
