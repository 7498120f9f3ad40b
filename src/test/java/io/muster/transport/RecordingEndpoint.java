package io.muster.transport;

import io.muster.node.Consensus;
import io.muster.node.PeerEndpoint;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.raft.Bytes;
import io.muster.raft.Input;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** A replica of which only the ears are there. */
final class RecordingEndpoint implements PeerEndpoint {

    /** What was taken. */
    record Received(NodeId from, Message.Request message, Consumer<Message.Reply> answer) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<Message.Reply> answers = new CopyOnWriteArrayList<>();
    final List<Input.Voucher> askedForReadPoints = new CopyOnWriteArrayList<>();
    final List<NodeId> outboundClosed = new CopyOnWriteArrayList<>();
    final List<NodeId> inboundClosed = new CopyOnWriteArrayList<>();
    volatile boolean overloaded;
    volatile Function<Bytes, CompletableFuture<Consensus.Committed>> propose = command -> new CompletableFuture<>();
    final List<SnapshotChunk> chunks = new CopyOnWriteArrayList<>();
    volatile CompletableFuture<SnapshotProgress> snapshotProgress = new CompletableFuture<>();
    volatile List<StateDigest> digests = List.of();
    volatile CompletableFuture<Long> readPoint = new CompletableFuture<>();

    @Override
    public boolean receive(NodeId from, Message.Request message, Consumer<Message.Reply> answer) {
        if (overloaded) {
            return false;
        }
        received.add(new Received(from, message, answer));
        return true;
    }

    List<Message.Request> messages() {
        return received.stream().map(Received::message).toList();
    }

    @Override
    public void answered(NodeId from, Message.Reply reply) {
        answers.add(reply);
    }

    @Override
    public void outboundClosed(NodeId peer) {
        outboundClosed.add(peer);
    }

    @Override
    public void inboundClosed(NodeId peer) {
        inboundClosed.add(peer);
    }

    @Override
    public CompletableFuture<Consensus.Committed> proposeHere(Bytes command) {
        return propose.apply(command);
    }

    @Override
    public CompletableFuture<SnapshotProgress> receiveSnapshot(SnapshotChunk chunk) {
        chunks.add(chunk);
        return snapshotProgress;
    }

    @Override
    public List<StateDigest> stateDigests() {
        return digests;
    }

    @Override
    public CompletableFuture<Long> readIndexFor(NodeId from, long term) {
        askedForReadPoints.add(new Input.Voucher(from, term));
        return readPoint;
    }
}
