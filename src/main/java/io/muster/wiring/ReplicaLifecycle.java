package io.muster.wiring;

import io.muster.node.Replica;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts the replica once its peers can reach it and before its users can, and stops it in the reverse order: Tomcat drains
 * while consensus still works. Before anything stops, and once more at the end of that if it came back, leadership is
 * handed over, so that a rolling restart costs no election timeout.
 */
final class ReplicaLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaLifecycle.class);

    private static final long HAND_OVER_MILLIS = 1_000;

    /** Between the gRPC server and Tomcat, whose phases count down from the largest integer. */
    static final int PHASE = 1;

    /** The gRPC server, whose own default is to start last and stop first. */
    static final int GRPC_SERVER_PHASE = 0;

    private final Replica replica;
    private volatile boolean running;
    private boolean mayHandOver = true;

    ReplicaLifecycle(Replica replica) {
        this.replica = replica;
    }

    @Override
    public void start() {
        replica.start();
        running = true;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        if (running) {
            handOver();
        }
    }

    /** Where nobody takes over, nobody will a moment later: a stop has 10 s in all. */
    private void handOver() {
        if (!mayHandOver) {
            return;
        }
        try {
            replica.transferLeadership().get(HAND_OVER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            mayHandOver = false;
            LOG.info("No follower has taken over; the others will elect a leader");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        handOver();
        running = false;
        replica.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
