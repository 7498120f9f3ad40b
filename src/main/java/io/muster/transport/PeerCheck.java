package io.muster.transport;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.muster.raft.NodeId;
import io.muster.transport.PeerIdentity.StrangerException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses every call that is not for this replica from another member of its cluster. Thread-safe. */
public final class PeerCheck implements ServerInterceptor {

    /** The member a call is from. */
    static final Context.Key<NodeId> SENDER = Context.key("sender");

    private static final Logger LOG = LoggerFactory.getLogger(PeerCheck.class);
    private static final long WARN_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PeerIdentity identity;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    public PeerCheck(PeerIdentity identity) {
        this.identity = identity;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        try {
            Context context = Context.current().withValue(SENDER, identity.senderOf(headers));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (StrangerException stranger) {
            warn(call, stranger);
            call.close(Status.FAILED_PRECONDITION.withDescription(stranger.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    /** At most once every few seconds: a stray peer tries again and again. */
    private void warn(ServerCall<?, ?> call, StrangerException stranger) {
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARN_EVERY_NANOS)) {
            LOG.warn(
                    "Refused a peer call from {}: {}",
                    call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
                    stranger.getMessage());
        }
    }
}
