package io.muster.storage;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.TermStart;
import java.util.List;

/**
 * The log on disk. {@link #append}, {@link #seal}, {@link #cut} and {@link #reset} are for one thread at a time; the other
 * methods may run beside them, on any thread. Methods throw {@link StorageException}; after one failed write or sync, all of them refuse.
 */
public interface DurableLog {

    /** The entry behind which the log starts; {@link LogStart#ZERO} for a log that was never cut. */
    LogStart start();

    /** Index of the first entry it can read, {@link #start} + 1; last + 1 when empty. */
    long firstIndex();

    /** Index of the last durable entry, that of {@link #start} when empty. */
    long lastIndex();

    /** Room that its segments take on disk, in bytes. */
    long bytes();

    /**
     * An index to cut at, such that what stays takes about this much room.
     *
     * @param bytes what the newest segments together have to hold at least
     * @return from {@link #start} on; it itself where the whole log is not larger
     */
    long indexBehind(long bytes);

    /** The runs of entries of one term, in order; empty when the log is. */
    List<TermStart> termStarts();

    /**
     * Makes consecutive entries durable, in one write and one sync, and returns when they are. Where the first is not
     * last + 1, what stood from it on is superseded, atomically with the write. More than a frame may hold ({@link
     * LogOptions}) takes several writes, each synced before the next.
     *
     * @param entries their indexes are consecutive and the first is from {@link #firstIndex} to last + 1; their terms do
     *     not decrease, nor below that of the entry before them; nothing is done when there are none
     * @throws IllegalArgumentException where they are not so, or one is longer than a frame; nothing is written then
     */
    void append(List<Entry> entries);

    /**
     * Entries from {@code from} on, up to {@code to} at most, fewer when they exceed {@code maxBytes}, but one at least.
     *
     * @param from from {@link #firstIndex} to {@link #lastIndex}
     * @param to from {@code from} to {@link #lastIndex}
     * @param maxBytes limit of the sum of {@link Entry#size}
     * @throws IllegalArgumentException outside of these ranges, also where a tail was just superseded by a shorter one, or
     *     the entries were just cut
     */
    List<Entry> read(long from, long to, int maxBytes);

    /**
     * Writes a seal behind the last frame unless one is there, so that damage to the last acknowledged frame is not
     * mistaken for a torn write. For when the replica is idle, and at a clean stop.
     */
    void seal();

    /**
     * Forgets the entries up to {@code index}, durably, and gives back the room of segments that hold no later one. A crash
     * leaves the old start or the new one. Does nothing where the log starts there already, or later.
     *
     * @param index at most {@link #lastIndex}; what the user state has applied, and made durable
     * @throws IllegalArgumentException above it
     */
    void cut(long index);

    /**
     * Forgets all entries, durably, and lets the log start behind an entry that a snapshot covers. A crash leaves the whole
     * old log, or the empty one.
     *
     * @param next not before {@link #start}
     * @throws IllegalArgumentException before it
     */
    void reset(LogStart next);
}
