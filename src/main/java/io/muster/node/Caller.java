package io.muster.node;

import java.util.concurrent.CompletableFuture;

/**
 * Whoever waits for something that this replica does.
 *
 * @param result may have failed long before the end, when that came too late
 * @param settled is run once, when this replica holds nothing more for the caller
 */
record Caller<T>(CompletableFuture<T> result, Runnable settled) {

    void succeed(T value) {
        settled.run();
        result.complete(value);
    }

    void fail(ConsensusException failure) {
        settled.run();
        result.completeExceptionally(failure);
    }
}
