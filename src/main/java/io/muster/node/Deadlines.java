package io.muster.node;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Fails futures that were not completed in time; all have the same time. For the event loop. */
final class Deadlines {

    private record Deadline(long atNanos, CompletableFuture<?> future, Supplier<ConsensusException> failure) {}

    private final Queue<Deadline> queue = new ArrayDeque<>();
    private final long timeoutNanos;

    Deadlines(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    void add(long nowNanos, CompletableFuture<?> future, Supplier<ConsensusException> failure) {
        queue.add(new Deadline(nowNanos + timeoutNanos, future, failure));
    }

    /** Answers whether any future has failed, or had been given up. */
    boolean expire(long nowNanos) {
        boolean any = false;
        for (Deadline next = queue.peek(); next != null && isOver(next, nowNanos); next = queue.peek()) {
            queue.remove();
            next.future().completeExceptionally(next.failure().get());
            any |= next.future().isCompletedExceptionally();
        }
        return any;
    }

    private static boolean isOver(Deadline deadline, long nowNanos) {
        return deadline.future().isDone() || deadline.atNanos() - nowNanos <= 0;
    }
}
