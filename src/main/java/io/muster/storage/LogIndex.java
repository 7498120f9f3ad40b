package io.muster.storage;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.TermStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the live entries stand, and their terms: the log's only state in memory that grows with it. Thread-safe. */
final class LogIndex {

    private static final int LEAST_ROOM = 1024;

    private LogStart start;
    private long[] positions = new long[LEAST_ROOM];
    private int count;
    private final List<TermStart> runs = new ArrayList<>();

    LogIndex(LogStart start) {
        this.start = start;
    }

    synchronized LogStart start() {
        return start;
    }

    synchronized long firstIndex() {
        return start.index() + 1;
    }

    synchronized long lastIndex() {
        return start.index() + count;
    }

    /** Term of the last entry, that behind which the log starts where it is empty; 0 when there never was one. */
    synchronized long lastTerm() {
        return termAt(lastIndex());
    }

    synchronized List<TermStart> termStarts() {
        return List.copyOf(runs);
    }

    /** Why these entries cannot follow, or supersede the tail; null when they can. */
    synchronized @Nullable String objection(List<Entry> entries) {
        long index = entries.getFirst().index();
        if (index < firstIndex() || index > lastIndex() + 1) {
            return "entry " + index + " does not follow on entries " + firstIndex() + " to " + lastIndex();
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
        count = (int) (first - firstIndex());
        while (!runs.isEmpty() && runs.getLast().index() >= first) {
            runs.removeLast();
        }
        for (Entry entry : entries) {
            if (runs.isEmpty() || runs.getLast().term() != entry.term()) {
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
        if (from < firstIndex() || to > lastIndex() || from > to) {
            throw new IllegalArgumentException(
                    "entries " + from + " to " + to + " are not all in " + firstIndex() + " to " + lastIndex());
        }
        int skipped = (int) (from - firstIndex());
        return Arrays.copyOfRange(positions, skipped, skipped + (int) Math.min(to - from + 1, limit));
    }

    private long termAt(long index) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).index() <= index) {
                return runs.get(i).term();
            }
        }
        return start.term();
    }

    /** Forgets the entries up to the one behind which the log starts from now on, one of those it has. */
    synchronized void cut(LogStart next) {
        int forgotten = (int) (next.index() - start.index());
        count -= forgotten;
        positions = Arrays.copyOfRange(positions, forgotten, forgotten + Math.max(count, LEAST_ROOM));
        TermStart cutRun = null;
        while (!runs.isEmpty() && runs.getFirst().index() <= next.index()) {
            cutRun = runs.removeFirst();
        }
        start = next;
        boolean startsRun = !runs.isEmpty() && runs.getFirst().index() == firstIndex();
        if (cutRun != null && count > 0 && !startsRun) {
            runs.addFirst(new TermStart(firstIndex(), cutRun.term()));
        }
    }

    /** Forgets all entries. */
    synchronized void reset(LogStart next) {
        start = next;
        positions = new long[LEAST_ROOM];
        count = 0;
        runs.clear();
    }
}
