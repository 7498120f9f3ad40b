package io.muster.node;

import io.muster.raft.LogStart;
import java.nio.ByteBuffer;

/** A snapshot to send, as one sequence of bytes that does not change. For one thread at a time. */
public interface SnapshotSource extends AutoCloseable {

    /** Names it among all snapshots of all replicas. */
    long id();

    /** The last entry it covers. */
    LogStart last();

    /** Its length. */
    long bytes();

    /** Reads from {@code offset} until the buffer is full or the snapshot ends. */
    void read(long offset, ByteBuffer into);

    @Override
    void close();
}
