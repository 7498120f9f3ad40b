package io.muster.sim;

import io.muster.raft.Entry;
import java.util.ArrayList;
import java.util.List;

/** The log that one replica has said to be durable, kept beside its disk. */
final class ReplicaLog {

    private final List<Entry> entries = new ArrayList<>();
    private List<Entry> underWay = List.of();

    long lastIndex() {
        return entries.size();
    }

    /** Whether an entry of that term stands there. */
    boolean has(long index, long term) {
        return index == 0 || (index <= entries.size() && entry(index).term() == term);
    }

    Entry entry(long index) {
        return entries.get((int) index - 1);
    }

    /** Its write has begun. */
    void begins(List<Entry> appended) {
        underWay = appended;
    }

    /** Its write has ended; what it superseded is returned. */
    List<Entry> ends() {
        List<Entry> tail = entries.subList((int) underWay.getFirst().index() - 1, entries.size());
        List<Entry> replaced = tail.isEmpty() ? List.of() : List.copyOf(tail);
        tail.clear();
        entries.addAll(underWay);
        underWay = List.of();
        return replaced;
    }

    /**
     * Whether a disk may hold this after a crash: all that was durable, or that with the first part of what was under way.
     */
    boolean explains(List<Entry> found) {
        if (found.equals(entries)) {
            return true;
        }
        if (underWay.isEmpty()) {
            return false;
        }
        int kept = (int) underWay.getFirst().index() - 1;
        int written = found.size() - kept;
        return written > 0
                && written <= underWay.size()
                && found.subList(0, kept).equals(entries.subList(0, kept))
                && found.subList(kept, found.size()).equals(underWay.subList(0, written));
    }

    /** Goes on with what a start has found. */
    void restart(List<Entry> found) {
        entries.clear();
        entries.addAll(found);
        underWay = List.of();
    }
}
