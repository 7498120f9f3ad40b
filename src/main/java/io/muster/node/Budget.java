package io.muster.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Bounds a queue in items and bytes. Thread-safe. */
final class Budget {

    private final int maxItems;
    private final long maxBytes;
    private int items;
    private long bytes;

    Budget(int maxItems, long maxBytes) {
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
    }

    /** Takes room for one item, or answers false; an item larger than the whole is let in alone. */
    synchronized boolean acquire(long size) {
        if (items >= maxItems || (items > 0 && bytes + size > maxBytes)) {
            return false;
        }
        items++;
        bytes += size;
        return true;
    }

    /** Begins what takes room until it is over, or refuses it. */
    <T> CompletableFuture<T> admit(long size, Supplier<CompletableFuture<T>> begin) {
        if (!acquire(size)) {
            return CompletableFuture.failedFuture(refusal());
        }
        CompletableFuture<T> result = begin.get();
        var _ = result.whenComplete((value, failure) -> release(size));
        return result;
    }

    static ConsensusException refusal() {
        return new ConsensusException.Overloaded("too many requests wait on this replica");
    }

    synchronized void release(long size) {
        items--;
        bytes -= size;
    }
}
