package io.muster.transport;

import io.grpc.ManagedChannel;
import java.time.Duration;

/**
 * When a channel tries again to connect. gRPC's own backoff grows to two minutes, far beyond what a restarted replica
 * should wait; this one starts at a tenth of a second and stays below two. Thread-safe.
 */
final class Reconnects {

    private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(1_600).toNanos();

    private final ManagedChannel channel;
    private long backoffNanos = FIRST_NANOS;
    private long notBeforeNanos = System.nanoTime();

    Reconnects(ManagedChannel channel) {
        this.channel = channel;
    }

    synchronized void succeeded() {
        backoffNanos = FIRST_NANOS;
    }

    /** Something was to be sent, and could not. */
    synchronized void failed() {
        long now = System.nanoTime();
        if (now - notBeforeNanos >= 0) {
            notBeforeNanos = now + backoffNanos;
            backoffNanos = Math.min(2 * backoffNanos, LONGEST_NANOS);
            channel.resetConnectBackoff();
        }
    }
}
