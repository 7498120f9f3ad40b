package io.muster.sim;

import io.muster.raft.Entry;
import io.muster.raft.TermStart;
import io.muster.storage.DurableLog;
import java.util.List;

/** The log of one incarnation, watched. */
final class ObservedLog implements DurableLog {

    private static final int CHUNK_BYTES = 1 << 20;

    private final DurableLog log;
    private final SimulatedReplica replica;
    private final Incarnation process;

    ObservedLog(DurableLog log, SimulatedReplica replica, Incarnation process) {
        this.log = log;
        this.replica = replica;
        this.process = process;
    }

    /** All of it. */
    List<Entry> content() {
        List<Entry> content = new java.util.ArrayList<>();
        while (content.size() < log.lastIndex()) {
            content.addAll(log.read(content.size() + 1L, log.lastIndex(), CHUNK_BYTES));
        }
        return content;
    }

    @Override
    public long firstIndex() {
        return log.firstIndex();
    }

    @Override
    public long lastIndex() {
        return log.lastIndex();
    }

    @Override
    public List<TermStart> termStarts() {
        return log.termStarts();
    }

    @Override
    public void append(List<Entry> entries) {
        replica.log().begins(entries);
        log.append(entries);
        if (process.alive()) {
            replica.appended(entries, replica.log().ends());
        }
    }

    @Override
    public List<Entry> read(long from, long to, int maxBytes) {
        return log.read(from, to, maxBytes);
    }

    @Override
    public void seal() {
        log.seal();
    }
}
