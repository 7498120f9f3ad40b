package io.muster.node;

import io.muster.raft.LogStart;
import io.muster.storage.DurableLog;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Keeps the log within its budget: once it is larger, the state machine is flushed, and what that made superfluous is cut,
 * but for a tail of half the budget, from which followers that lag are brought up to date without a snapshot. For the event
 * loop; the flush happens on the fetch worker.
 */
final class Compaction {

    private final DurableLog log;
    private final SnapshotStore snapshots;
    private final Executor worker;
    private final long budgetBytes;
    private final Consumer<Event> report;
    private final FatalHandler fatal;
    private boolean flushing;

    Compaction(ReplicaParts parts, long budgetBytes, Consumer<Event> report) {
        this.log = parts.log();
        this.snapshots = parts.snapshots();
        this.worker = parts.workers().fetcher();
        this.budgetBytes = budgetBytes;
        this.report = report;
        this.fatal = parts.fatal();
    }

    /** Begins to flush if the log has outgrown its budget and holds something that could be cut. */
    void beginIfDue() {
        if (flushing || log.bytes() <= budgetBytes || tail() <= log.start().index()) {
            return;
        }
        flushing = true;
        worker.execute(() -> {
            try {
                report.accept(new Event.Flushed(snapshots.flush()));
            } catch (RuntimeException | Error e) {
                fatal.fatal(e);
            }
        });
    }

    /** Up to where the log may be cut, now that the state machine's disk holds what it has applied up to {@code last}. */
    long flushed(LogStart last) {
        flushing = false;
        return Math.min(last.index(), tail());
    }

    private long tail() {
        return log.indexBehind(budgetBytes / 2);
    }
}
