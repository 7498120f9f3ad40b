package io.muster.users.store;

import io.muster.node.SnapshotSink;
import io.muster.node.SnapshotSource;
import io.muster.node.SnapshotStore;
import io.muster.raft.LogStart;
import java.nio.ByteBuffer;

/** The snapshots of a {@link MapUserStore}. For one thread at a time. */
final class MapSnapshotStore implements SnapshotStore {

    private final MapUserStore store;
    private final MapStoreDisk disk;

    MapSnapshotStore(MapUserStore store, MapStoreDisk disk) {
        this.store = store;
        this.disk = disk;
    }

    @Override
    public LogStart flush() {
        store.flush();
        return store.applied();
    }

    @Override
    public SnapshotSource take() {
        LogStart last = store.applied();
        if (last.equals(LogStart.ZERO)) {
            throw new IllegalStateException("nothing was applied yet");
        }
        return new Source(store.nextSnapshot(), last, MapSnapshotCodec.encode(store.tables()));
    }

    private record Source(long id, LogStart last, ByteBuffer content) implements SnapshotSource {

        @Override
        public long bytes() {
            return content.limit();
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            into.put(content.slice((int) offset, (int) Math.min(into.remaining(), content.limit() - offset)));
        }

        @Override
        public void close() {}
    }

    @Override
    public SnapshotSink receive(long snapshot, long bytes) {
        disk.complete(null);
        MapSnapshotSink known = disk.incoming();
        if (known != null && known.isOf(snapshot, bytes)) {
            return known;
        }
        MapSnapshotSink begun = new MapSnapshotSink(disk, snapshot, bytes);
        disk.incoming(begun);
        return begun;
    }

    @Override
    public void discard() {
        disk.complete(null);
    }

    @Override
    public void install(LogStart last) {
        MapTables complete = disk.complete();
        if (complete == null || !complete.applied().last().equals(last)) {
            throw new IllegalArgumentException("no snapshot up to " + last + " was received completely");
        }
        if (last.index() <= store.appliedIndex()) {
            throw new IllegalArgumentException("the state is at " + store.applied() + " already");
        }
        store.replace();
    }
}
