package io.muster.node;

import io.muster.raft.LogStart;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;

/**
 * A snapshot that is being received. For one thread at a time, but for {@link #cancel}. Closing it keeps what was received.
 */
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
     * @throws CancellationException after {@link #cancel}; what was received is kept
     */
    LogStart complete() throws DamagedSnapshotException;

    /** Lets {@link #complete}, which may take long, end soon. Thread-safe. */
    void cancel();

    @Override
    void close();
}
