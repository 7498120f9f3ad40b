package io.muster.transport;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.muster.node.PeerEndpoint;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.RaftGrpc;
import org.jspecify.annotations.Nullable;

/**
 * The stream of entries to one peer: opened by the first message, again after it has closed. What is on the way is
 * bounded by the core's window. Thread-safe.
 */
final class AppendStream {

    private final NodeId peer;
    private final RaftGrpc.RaftStub stub;
    private final PeerEndpoint endpoint;
    private final Runnable closed;
    private @Nullable Answers open;

    /** Makes a stream that is not open yet; {@code closed} hears of each end of it. */
    AppendStream(NodeId peer, RaftGrpc.RaftStub stub, PeerEndpoint endpoint, Runnable closed) {
        this.peer = peer;
        this.stub = stub;
        this.endpoint = endpoint;
        this.closed = closed;
    }

    synchronized void send(Message.AppendEntries message) {
        Answers stream = open;
        if (stream == null) {
            stream = new Answers();
            open = stream;
            stream.requests = stub.appendEntries(stream);
        }
        StreamObserver<AppendEntriesRequest> requests = stream.requests;
        if (requests != null) {
            stream.lastSent = Math.max(
                    stream.lastSent, message.prevLogIndex() + message.entries().size());
            requests.onNext(ProtoMapping.toProto(message));
        }
    }

    /** Gives the stream up, when the peer has not been heard of for long: what was on the way counts as lost. */
    void reset() {
        Answers stream = takeOpen();
        if (stream != null && stream.requests != null) {
            stream.requests.onError(
                    Status.CANCELLED.withDescription("the peer does not answer").asRuntimeException());
            endpoint.outboundClosed(peer);
        }
    }

    /** From here on nothing is sent on it, though its end may be reported later. */
    private synchronized @Nullable Answers takeOpen() {
        Answers stream = open;
        open = null;
        return stream;
    }

    private synchronized boolean close(Answers stream) {
        if (open != stream) {
            return false;
        }
        open = null;
        return true;
    }

    private final class Answers implements StreamObserver<AppendEntriesResponse> {

        private @Nullable StreamObserver<AppendEntriesRequest> requests;
        private volatile long lastSent;

        @Override
        public void onNext(AppendEntriesResponse response) {
            endpoint.answered(peer, ProtoMapping.fromProto(response, lastSent));
        }

        @Override
        public void onError(Throwable failure) {
            ended();
        }

        @Override
        public void onCompleted() {
            ended();
        }

        private void ended() {
            if (close(this)) {
                closed.run();
                endpoint.outboundClosed(peer);
            }
        }
    }
}
