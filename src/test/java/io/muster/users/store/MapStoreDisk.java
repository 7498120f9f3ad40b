package io.muster.users.store;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MapUserStore}s have flushed, and the snapshots they have received: all that is left of them after a crash. For
 * one thread at a time.
 */
public final class MapStoreDisk {

    private MapTables flushed = new MapTables();
    private @Nullable MapTables complete;
    private @Nullable MapSnapshotSink incoming;

    MapTables read() {
        return flushed.copy();
    }

    void write(List<Batch> batches) {
        batches.forEach(flushed::take);
    }

    /** The applied index that a start would find. */
    public long appliedIndex() {
        return flushed.applied().last().index();
    }

    @Nullable
    MapTables complete() {
        return complete;
    }

    /** A snapshot was received whole; null for one that is not wanted any more. */
    void complete(@Nullable MapTables snapshot) {
        complete = snapshot;
    }

    /** The state is the complete snapshot from now on. */
    void swap() {
        flushed = Objects.requireNonNull(complete).copy();
        complete = null;
    }

    @Nullable
    MapSnapshotSink incoming() {
        return incoming;
    }

    void incoming(@Nullable MapSnapshotSink sink) {
        incoming = sink;
    }
}
