package io.muster.node;

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

    synchronized void release(long size) {
        items--;
        bytes -= size;
    }
}
