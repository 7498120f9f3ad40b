package io.muster.node;

import io.muster.raft.LogStart;
import java.nio.ByteBuffer;

/** A snapshot that is being received. For one thread at a time. Closing it keeps what was received. */
public interface SnapshotSink extends AutoCloseable {

    /** How many bytes have been received: where the sender goes on. */
    long received();

    /** Takes the next bytes, from {@link #received} on. */
    void write(ByteBuffer chunk);

    /**
     * Checks all that was received and makes it durable, so that {@link SnapshotStore#install} can follow.
     *
     * @return the last entry it covers
     * @throws DamagedSnapshotException when it is not what a sender has made; it is deleted then, and can be received anew
     */
    LogStart complete() throws DamagedSnapshotException;

    @Override
    void close();
}
