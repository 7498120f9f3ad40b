package io.muster.transport;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.muster.node.PeerEndpoint;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.transport.proto.AppendEntriesRequest;
import io.muster.transport.proto.AppendEntriesResponse;
import io.muster.transport.proto.RaftGrpc;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stream of entries to one peer: opened by the first message, again after it has closed. What is on the way is
 * bounded by the core's window. Thread-safe.
 */
final class AppendStream {

    private final NodeId peer;
    private final RaftGrpc.RaftStub stub;
    private final PeerEndpoint endpoint;
    private final Consumer<Status> closed;
    private @Nullable Answers open;

    /** Makes a stream that is not open yet; {@code closed} hears of each end of it. */
    AppendStream(NodeId peer, RaftGrpc.RaftStub stub, PeerEndpoint endpoint, Consumer<Status> closed) {
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
            requests.onNext(ProtoMapping.toProto(message));
        }
    }

    /** Gives the stream up, when the peer has not been heard of for long: what was on the way counts as lost. */
    synchronized void reset() {
        if (open != null && open.requests != null) {
            open.requests.onError(
                    Status.CANCELLED.withDescription("the peer does not answer").asRuntimeException());
        }
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

        @Override
        public void onNext(AppendEntriesResponse response) {
            endpoint.answered(peer, ProtoMapping.fromProto(response));
        }

        @Override
        public void onError(Throwable failure) {
            ended(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            ended(Status.OK);
        }

        private void ended(Status status) {
            if (close(this)) {
                closed.accept(status);
                endpoint.disconnected(peer);
            }
        }
    }
}
