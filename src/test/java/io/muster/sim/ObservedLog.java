package io.muster.sim;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.TermStart;
import io.muster.storage.DurableLog;
import java.util.ArrayList;
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
        List<Entry> content = new ArrayList<>();
        for (long next = log.firstIndex(); next <= log.lastIndex(); next = log.firstIndex() + content.size()) {
            content.addAll(log.read(next, log.lastIndex(), CHUNK_BYTES));
        }
        return content;
    }

    @Override
    public LogStart start() {
        return log.start();
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
    public long bytes() {
        return log.bytes();
    }

    @Override
    public long indexBehind(long bytes) {
        return log.indexBehind(bytes);
    }

    @Override
    public void seal() {
        log.seal();
    }

    @Override
    public void cut(long index) {
        replica.cutting(index);
        replica.log().beginsAt(index);
        log.cut(index);
        if (process.alive()) {
            replica.log().begunAt(index);
        }
    }

    @Override
    public void reset(LogStart next) {
        replica.installing();
        replica.log().beginsAt(next.index());
        log.reset(next);
        if (process.alive()) {
            replica.log().restart(next.index(), List.of());
            replica.dieIfDue();
        }
    }
}
