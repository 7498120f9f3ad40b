package io.muster.users.store;

import io.muster.node.DamagedSnapshotException;
import io.muster.node.SnapshotSink;
import io.muster.raft.LogStart;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A snapshot of a {@link MapUserStore} that is being received. For one thread at a time. */
final class MapSnapshotSink implements SnapshotSink {

    private final MapStoreDisk disk;
    private final long snapshot;
    private final long bytes;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    MapSnapshotSink(MapStoreDisk disk, long snapshot, long bytes) {
        this.disk = disk;
        this.snapshot = snapshot;
        this.bytes = bytes;
    }

    boolean isOf(long otherSnapshot, long otherBytes) {
        return snapshot == otherSnapshot && bytes == otherBytes;
    }

    @Override
    public long received() {
        return content.size();
    }

    @Override
    public void write(ByteBuffer chunk) {
        byte[] part = new byte[chunk.remaining()];
        chunk.get(part);
        content.writeBytes(part);
    }

    @Override
    public LogStart complete() throws DamagedSnapshotException {
        disk.incoming(null);
        if (received() != bytes) {
            throw new DamagedSnapshotException(received() + " of " + bytes + " bytes");
        }
        MapTables tables = MapSnapshotCodec.decode(ByteBuffer.wrap(content.toByteArray()));
        disk.complete(tables);
        return tables.applied().last();
    }

    /** Completing takes no time. */
    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
