package io.muster.wiring;

import io.muster.node.Replica;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the replica once its peers can reach it and before its users can, and stops it in the reverse order: Tomcat drains
 * while consensus still works.
 */
final class ReplicaLifecycle implements SmartLifecycle {

    /** Between the gRPC server and Tomcat, whose phases count down from the largest integer. */
    static final int PHASE = 1;

    /** The gRPC server, whose own default is to start last and stop first. */
    static final int GRPC_SERVER_PHASE = 0;

    private final Replica replica;
    private volatile boolean running;

    ReplicaLifecycle(Replica replica) {
        this.replica = replica;
    }

    @Override
    public void start() {
        replica.start();
        running = true;
    }

    @Override
    public void stop() {
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
