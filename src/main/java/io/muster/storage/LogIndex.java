package io.muster.storage;

import io.muster.raft.Entry;
import io.muster.raft.TermStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the live entries stand, and their terms: the log's only state in memory that grows with it. Thread-safe. */
final class LogIndex {

    private final long firstIndex;
    private long[] positions = new long[1024];
    private int count;
    private final List<TermStart> runs = new ArrayList<>();

    LogIndex(long firstIndex) {
        this.firstIndex = firstIndex;
    }

    synchronized long firstIndex() {
        return firstIndex;
    }

    synchronized long lastIndex() {
        return firstIndex + count - 1;
    }

    /** Term of the last entry, 0 when there is none. */
    synchronized long lastTerm() {
        return termAt(lastIndex());
    }

    synchronized List<TermStart> termStarts() {
        return List.copyOf(runs);
    }

    /** Why these entries cannot follow, or supersede the tail; null when they can. */
    synchronized @Nullable String objection(List<Entry> entries) {
        long index = entries.getFirst().index();
        if (index < firstIndex || index > lastIndex() + 1) {
            return "entry " + index + " does not follow on entries " + firstIndex + " to " + lastIndex();
        }
        long term = termAt(index - 1);
        for (Entry entry : entries) {
            if (entry.index() != index) {
                return "entry " + entry.index() + " stands where entry " + index + " is due";
            }
            if (entry.term() < term) {
                return "entry " + index + " has term " + entry.term() + ", behind an entry of term " + term;
            }
            term = entry.term();
            index++;
        }
        return null;
    }

    /** Takes entries without objection, all at one position, in place of what stood from the first of them on. */
    synchronized void put(List<Entry> entries, long position) {
        long first = entries.getFirst().index();
        count = (int) (first - firstIndex);
        while (!runs.isEmpty() && runs.getLast().index() >= first) {
            runs.removeLast();
        }
        for (Entry entry : entries) {
            if (entry.term() != lastTerm()) {
                runs.add(new TermStart(entry.index(), entry.term()));
            }
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, 2 * count);
            }
            positions[count++] = position;
        }
    }

    /** The positions of live entries from {@code from} to {@code to}, at most {@code limit} of them. */
    synchronized long[] positions(long from, long to, int limit) {
        if (from < firstIndex || to > lastIndex() || from > to) {
            throw new IllegalArgumentException(
                    "entries " + from + " to " + to + " are not all in " + firstIndex + " to " + lastIndex());
        }
        int start = (int) (from - firstIndex);
        return Arrays.copyOfRange(positions, start, start + (int) Math.min(to - from + 1, limit));
    }

    private long termAt(long index) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).index() <= index) {
                return runs.get(i).term();
            }
        }
        return 0;
    }
}
