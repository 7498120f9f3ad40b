package io.muster.storage;

import io.muster.raft.Entry;
import java.util.List;

/**
 * The log on disk. {@link #append} and {@link #seal} are for one thread at a time; {@link #read} may run beside them.
 * Methods throw {@link StorageException}.
 */
public interface DurableLog {

    /** Index of the first entry it can read, 1 for a log that was never cut; last + 1 when empty. */
    long firstIndex();

    /** Index of the last durable entry, 0 when there never was one. */
    long lastIndex();

    /**
     * Makes consecutive entries durable, in one write and one sync, and returns when they are. Where the first is not
     * last + 1, what stood from it on is superseded, atomically with the write.
     */
    void append(List<Entry> entries);

    /**
     * Entries from {@code from} on, up to {@code to} at most, fewer when they exceed {@code maxBytes}, but one at least.
     *
     * @param from from {@link #firstIndex} to {@link #lastIndex}
     */
    List<Entry> read(long from, long to, int maxBytes);

    /**
     * Writes a seal behind the last frame unless one is there, so that damage to the last acknowledged frame is not
     * mistaken for a torn write. For when the replica is idle, and at a clean stop.
     */
    void seal();
}
