package io.muster.node;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The port to what runs a replica. Each executor runs its tasks one after the other, in the order they were given; the
 * executors run beside each other.
 */
public interface Workers {

    /** Runs the event loop; its tasks never block. */
    Executor loop();

    /** Runs what makes things durable. */
    Executor persister();

    /** Runs the state machine. */
    Executor applier();

    /** Reads old entries for followers that lag. */
    Executor fetcher();

    /** Runs a task on the loop every so often, until the workers end. */
    void everyOnLoop(Duration interval, Runnable task);
}
