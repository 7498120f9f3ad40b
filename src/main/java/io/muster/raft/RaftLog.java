package io.muster.raft;

import static io.muster.raft.InvariantViolation.require;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log as the core sees it: the term of every entry behind its start, and the newest entries themselves. Entries that are
 * not yet durable are always held; of the durable ones as many as the cache bound allows.
 */
final class RaftLog {

    /** An append that is not durable yet. */
    private record Unsynced(long firstIndex, long lastIndex, long lastTerm, long sinceNanos) {

        boolean endsWith(long index, long term) {
            return lastIndex == index && lastTerm == term;
        }
    }

    private final TreeMap<Long, Long> termByFirstIndex = new TreeMap<>();
    private final TreeMap<Long, Entry> tail = new TreeMap<>();
    private final Deque<Unsynced> unsynced = new ArrayDeque<>();
    private final long cacheBytes;
    private long startIndex;
    private long startTerm;
    private long tailBytes;
    private long lastIndex;
    private long lastTimeMillis;
    private long durableIndex;

    RaftLog(Restored restored, long cacheBytes) {
        restored.termStarts().forEach(start -> termByFirstIndex.put(start.index(), start.term()));
        this.startIndex = restored.logStart().index();
        this.startTerm = restored.logStart().term();
        this.cacheBytes = cacheBytes;
        this.lastIndex = restored.lastIndex();
        this.lastTimeMillis = restored.lastTimeMillis();
        this.durableIndex = lastIndex;
    }

    /** The entry behind which it starts: committed, and covered by the state. */
    long startIndex() {
        return startIndex;
    }

    long lastIndex() {
        return lastIndex;
    }

    long lastTerm() {
        return termAt(lastIndex);
    }

    /** Stamp of the last entry. */
    long lastTimeMillis() {
        return lastTimeMillis;
    }

    /** Last entry that is durable on this replica. */
    long durableIndex() {
        return durableIndex;
    }

    /** Term of the entry at {@code index}, from the start on; 0 at index 0. */
    long termAt(long index) {
        require(
                index >= startIndex && index <= lastIndex,
                "the log has no entry " + index + ", it holds " + startIndex + " to " + lastIndex);
        Map.Entry<Long, Long> run = index == startIndex ? null : termByFirstIndex.floorEntry(index);
        return run == null ? startTerm : run.getValue();
    }

    /** Whether it holds that entry. What was cut is committed, and so the same in the log of every leader. */
    boolean matches(long index, long term) {
        return index <= startIndex || (index <= lastIndex && termAt(index) == term);
    }

    /**
     * The last index at or below {@code index} whose term is at most {@code term} (paper section 5.3); what was cut matches
     * whatever its term was.
     */
    long lastIndexOfTermAtMost(long index, long term) {
        long candidate = Math.min(index, lastIndex);
        while (candidate > startIndex && termAt(candidate) > term) {
            Long run = termByFirstIndex.floorKey(candidate);
            // Entries right behind the start belong to no run of their own where they are of its term.
            candidate = run == null ? startIndex : Math.max(startIndex, run - 1);
        }
        return candidate;
    }

    /** Whether a log that ends so is at least as up to date as this one (paper section 5.4.1). */
    boolean isNotNewerThan(long otherLastIndex, long otherLastTerm) {
        return otherLastTerm > lastTerm() || (otherLastTerm == lastTerm() && otherLastIndex >= lastIndex);
    }

    /** Appends entries at this time; what stood from the first one's index on gives way. */
    void append(List<Entry> entries, long nowNanos) {
        truncateFrom(entries.getFirst().index());
        for (Entry entry : entries) {
            require(entry.index() == lastIndex + 1, "entry " + entry.index() + " does not follow " + lastIndex);
            require(entry.term() >= lastTerm(), "terms never decrease along the log");
            if (entry.term() > lastTerm()) {
                termByFirstIndex.put(entry.index(), entry.term());
            }
            tail.put(entry.index(), entry);
            tailBytes += entry.size();
            lastIndex = entry.index();
            lastTimeMillis = entry.timeMillis();
        }
        unsynced.addLast(new Unsynced(entries.getFirst().index(), lastIndex, lastTerm(), nowNanos));
    }

    /** Forgets the entries up to {@code index}. */
    void cutUpTo(long index) {
        require(index <= durableIndex, "what is not durable cannot be cut");
        startTerm = termAt(index);
        startIndex = index;
        Long run = termByFirstIndex.floorKey(index + 1);
        if (run != null) {
            termByFirstIndex.headMap(run, false).clear();
        }
        while (!tail.isEmpty() && tail.firstKey() <= index) {
            tailBytes -= tail.pollFirstEntry().getValue().size();
        }
    }

    /** Forgets all, and starts behind what a snapshot covers; durable once that is. */
    void restart(LogStart start, long nowNanos) {
        termByFirstIndex.clear();
        tail.clear();
        tailBytes = 0;
        unsynced.clear();
        startIndex = start.index();
        startTerm = start.term();
        lastIndex = start.index();
        lastTimeMillis = start.timeMillis();
        durableIndex = Math.min(durableIndex, startIndex - 1);
        unsynced.addLast(new Unsynced(startIndex, startIndex, startTerm, nowNanos));
    }

    /** For how long the oldest append has waited for the disk; 0 when all are durable. */
    long unsyncedForNanos(long nowNanos) {
        return unsynced.isEmpty() ? 0 : nowNanos - unsynced.getFirst().sinceNanos();
    }

    private void truncateFrom(long index) {
        if (index > lastIndex) {
            return;
        }
        termByFirstIndex.tailMap(index, true).clear();
        while (!tail.isEmpty() && tail.lastKey() >= index) {
            tailBytes -= tail.pollLastEntry().getValue().size();
        }
        lastIndex = index - 1;
        durableIndex = Math.min(durableIndex, lastIndex);
    }

    /**
     * Notes that the oldest append that ends with this entry is durable, and those before it. What a later append
     * supersedes does not count, even where an entry of the same term has come back to its place: the disk is yet to
     * lose the one and write the other (the ABA problem).
     */
    void persisted(long index, long term) {
        if (unsynced.stream().noneMatch(append -> append.endsWith(index, term))) {
            return;
        }
        Unsynced synced;
        do {
            synced = unsynced.removeFirst();
        } while (!synced.endsWith(index, term));
        long standing =
                unsynced.stream().mapToLong(append -> append.firstIndex() - 1).reduce(index, Math::min);
        durableIndex = Math.max(durableIndex, standing);
        evict();
    }

    private void evict() {
        while (tailBytes > cacheBytes && tail.firstKey() <= durableIndex) {
            tailBytes -= tail.pollFirstEntry().getValue().size();
        }
    }

    /** Whether the entry at {@code index} is in memory. */
    boolean holds(long index) {
        return tail.containsKey(index);
    }

    /** Entries from {@code index} on, at most {@code maxBytes} of them but one at least. */
    List<Entry> entriesFrom(long index, int maxBytes) {
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : tail.tailMap(index, true).values()) {
            bytes += entry.size();
            if (!entries.isEmpty() && bytes > maxBytes) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }
}
