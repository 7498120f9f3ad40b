package io.muster.transport;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.muster.raft.NodeId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When to try again to reach a peer. gRPC's own backoff grows to two minutes, far beyond what a restarted replica should
 * wait; this one starts at a tenth of a second and stays below two. Thread-safe.
 */
final class Reconnects {

    private static final Logger LOG = LoggerFactory.getLogger(Reconnects.class);
    private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(1_600).toNanos();

    private final NodeId peer;
    private long backoffNanos = FIRST_NANOS;
    private long notBeforeNanos = System.nanoTime();
    private boolean reachable = true;

    Reconnects(NodeId peer) {
        this.peer = peer;
    }

    synchronized void succeeded() {
        backoffNanos = FIRST_NANOS;
        if (!reachable) {
            reachable = true;
            LOG.info("Node {} answers again", peer);
        }
    }

    synchronized void failed(ManagedChannel channel, Status status) {
        if (reachable) {
            reachable = false;
            LOG.info("Node {} does not answer: {} {}", peer, status.getCode(), status.getDescription());
        }
        long now = System.nanoTime();
        if (now - notBeforeNanos >= 0) {
            notBeforeNanos = now + backoffNanos;
            backoffNanos = Math.min(2 * backoffNanos, LONGEST_NANOS);
            channel.resetConnectBackoff();
        }
    }
}
