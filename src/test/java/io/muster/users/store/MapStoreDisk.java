package io.muster.users.store;

import java.util.List;

/** What {@link MapUserStore}s have flushed: all that is left of them after a crash. For one thread at a time. */
public final class MapStoreDisk {

    private final MapTables flushed = new MapTables();

    MapTables read() {
        return flushed.copy();
    }

    void write(List<Batch> batches) {
        batches.forEach(flushed::take);
    }

    /** The applied index that a start would find. */
    public long appliedIndex() {
        return flushed.appliedIndex();
    }
}
