package io.muster.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets all who wait for a read point share one: those who come while a point is sought wait for the next, since a point
 * asked for before they came says nothing to them. {@code seekPoint} fails by its future only. Thread-safe.
 */
final class ReadBatcher {

    private final Supplier<CompletableFuture<Long>> seekPoint;
    private List<CompletableFuture<Long>> waiting = new ArrayList<>();
    private boolean seeking;

    ReadBatcher(Supplier<CompletableFuture<Long>> seekPoint) {
        this.seekPoint = seekPoint;
    }

    CompletableFuture<Long> join() {
        CompletableFuture<Long> result = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(result);
        }
        seekIfIdle();
        return result;
    }

    private void seekIfIdle() {
        List<CompletableFuture<Long>> batch;
        synchronized (this) {
            if (seeking || waiting.isEmpty()) {
                return;
            }
            seeking = true;
            batch = waiting;
            waiting = new ArrayList<>();
        }
        var _ = seekPoint.get().whenComplete((index, failure) -> found(batch, index, failure));
    }

    private void found(List<CompletableFuture<Long>> batch, @Nullable Long index, @Nullable Throwable failure) {
        synchronized (this) {
            seeking = false;
        }
        seekIfIdle();
        for (CompletableFuture<Long> result : batch) {
            if (failure == null) {
                result.complete(index);
            } else {
                result.completeExceptionally(Failures.cause(failure));
            }
        }
    }
}
