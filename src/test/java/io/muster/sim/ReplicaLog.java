package io.muster.sim;

import io.muster.raft.Entry;
import java.util.ArrayList;
import java.util.List;

/** The log that one replica has said to be durable, kept beside its disk. */
final class ReplicaLog {

    private static final long NOWHERE = -1;

    private final List<Entry> entries = new ArrayList<>();
    private long startIndex;
    private List<Entry> underWay = List.of();
    private long startUnderWay = NOWHERE;

    long lastIndex() {
        return startIndex + entries.size();
    }

    /** Whether an entry of that term stands there, or stood there before it was cut. */
    boolean has(long index, long term) {
        return index <= startIndex || (index <= lastIndex() && entry(index).term() == term);
    }

    boolean holds(long index) {
        return index > startIndex && index <= lastIndex();
    }

    Entry entry(long index) {
        return entries.get((int) (index - startIndex) - 1);
    }

    /** Its write has begun. */
    void begins(List<Entry> appended) {
        underWay = appended;
    }

    /** Its write has ended; what it superseded is returned. */
    List<Entry> ends() {
        List<Entry> tail = entries.subList(kept(), entries.size());
        List<Entry> replaced = tail.isEmpty() ? List.of() : List.copyOf(tail);
        tail.clear();
        entries.addAll(underWay);
        underWay = List.of();
        return replaced;
    }

    private int kept() {
        return (int) (underWay.getFirst().index() - startIndex) - 1;
    }

    /** It is about to start behind that index. */
    void beginsAt(long index) {
        startUnderWay = index;
    }

    /** It starts there, or later. */
    void begunAt(long index) {
        if (index > startIndex) {
            entries.subList(0, (int) (index - startIndex)).clear();
            startIndex = index;
        }
        startUnderWay = NOWHERE;
    }

    /**
     * Whether a disk may hold this after a crash: all that was durable, or that with the first part of what was under way; and
     * behind the start that it had, or the one that was under way.
     */
    boolean explains(long start, List<Entry> found) {
        if (start == startIndex) {
            return found.equals(entries) || hasBegun(0, found);
        }
        if (start != startUnderWay) {
            return false;
        }
        int gone = (int) Math.min(start - startIndex, entries.size());
        return found.isEmpty() || found.equals(entries.subList(gone, entries.size())) || hasBegun(gone, found);
    }

    /** Whether it is what was durable but for its first entries, and the first part of what was under way. */
    private boolean hasBegun(int gone, List<Entry> found) {
        if (underWay.isEmpty()) {
            return false;
        }
        int kept = Math.min(kept(), entries.size());
        if (kept < gone) {
            return false;
        }
        List<Entry> before = entries.subList(gone, kept);
        int written = found.size() - before.size();
        return written > 0
                && written <= underWay.size()
                && found.subList(0, before.size()).equals(before)
                && found.subList(before.size(), found.size()).equals(underWay.subList(0, written));
    }

    /** Goes on with what a start has found. */
    void restart(long start, List<Entry> found) {
        entries.clear();
        entries.addAll(found);
        startIndex = start;
        underWay = List.of();
        startUnderWay = NOWHERE;
    }
}
