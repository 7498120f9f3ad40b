package io.muster.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what is written once it is told to sync it, in the order of the writes; a crash loses the rest. */
final class TestDisk {

    private final List<Entry> log = new ArrayList<>();
    private final Deque<Effect> unsynced = new ArrayDeque<>();
    private long term;
    private @Nullable NodeId votedFor;
    private long writes;
    private long syncedWrites;
    private long lastVoteWrite;

    /** Puts a log on the disk before the replica starts. */
    void preset(long presetTerm, List<Entry> presetLog) {
        term = presetTerm;
        log.addAll(presetLog);
    }

    void write(Effect.PersistVote vote) {
        unsynced.addLast(vote);
        lastVoteWrite = ++writes;
    }

    void write(Effect.Append append) {
        unsynced.addLast(append);
        writes++;
    }

    /** Which write must be synced before a message may leave. */
    long writeFor(Effect.After after) {
        return switch (after) {
            case NOTHING -> 0;
            case VOTE -> lastVoteWrite;
            case LOG -> writes;
        };
    }

    long syncedWrites() {
        return syncedWrites;
    }

    boolean hasUnsynced() {
        return !unsynced.isEmpty();
    }

    /**
     * Syncs the oldest writes together.
     *
     * @return the report of the last append among them, null for none
     */
    Input.@Nullable Persisted sync(int count) {
        Input.Persisted report = null;
        for (int i = 0; i < count && !unsynced.isEmpty(); i++) {
            syncedWrites++;
            switch (unsynced.removeFirst()) {
                case Effect.PersistVote vote -> {
                    term = vote.term();
                    votedFor = vote.votedFor();
                }
                case Effect.Append append -> {
                    replaceTail(log, append.entries());
                    report = new Input.Persisted(
                            log.getLast().index(), log.getLast().term());
                }
                default -> throw new AssertionError("not a write");
            }
        }
        return report;
    }

    static void replaceTail(List<Entry> log, List<Entry> entries) {
        log.subList((int) entries.getFirst().index() - 1, log.size()).clear();
        log.addAll(entries);
    }

    void crash() {
        unsynced.clear();
        writes = syncedWrites;
        lastVoteWrite = Math.min(lastVoteWrite, syncedWrites);
    }

    long term() {
        return term;
    }

    @Nullable
    NodeId votedFor() {
        return votedFor;
    }

    /** What is durable. */
    List<Entry> log() {
        return log;
    }

    List<Entry> read(long fromIndex, int maxBytes) {
        List<Entry> found = new ArrayList<>();
        int bytes = 0;
        for (Entry entry : log.subList((int) fromIndex - 1, log.size())) {
            bytes += entry.size();
            if (!found.isEmpty() && bytes > maxBytes) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    Restored restored(long applied) {
        Restored logOnly = Fixtures.restored(term, log);
        return new Restored(
                term,
                votedFor,
                LogStart.ZERO,
                logOnly.termStarts(),
                logOnly.lastIndex(),
                logOnly.lastTimeMillis(),
                applied);
    }
}
