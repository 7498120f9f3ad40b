package io.muster.node;

import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Fails futures that were not completed in time. For the event loop. */
final class Deadlines {

    private record Deadline(long atNanos, CompletableFuture<?> future, Supplier<ConsensusException> failure) {}

    private final PriorityQueue<Deadline> queue =
            new PriorityQueue<>((a, b) -> Long.compare(a.atNanos() - b.atNanos(), 0));

    void add(long atNanos, CompletableFuture<?> future, Supplier<ConsensusException> failure) {
        queue.add(new Deadline(atNanos, future, failure));
    }

    void expire(long nowNanos) {
        for (Deadline next = queue.peek(); next != null && next.atNanos() - nowNanos <= 0; next = queue.peek()) {
            queue.remove();
            next.future().completeExceptionally(next.failure().get());
        }
    }
}
