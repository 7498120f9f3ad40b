package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.storage.DurableLog;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Drives the state machine along the durable log, a bounded batch at a time, on the apply worker. */
final class Applier {

    private final StateMachine stateMachine;
    private final StateDigests digests;
    private final DurableLog log;
    private final Executor worker;
    private final int maxBytes;
    private final Consumer<Event> report;
    private final FatalHandler fatal;

    private long appliedIndex;
    private long targetIndex;
    private boolean applying;
    private boolean suspended;

    Applier(ReplicaParts parts, StateDigests digests, int maxBytes, Consumer<Event> report) {
        this.stateMachine = parts.stateMachine();
        this.digests = digests;
        this.log = parts.log();
        this.worker = parts.workers().applier();
        this.maxBytes = maxBytes;
        this.report = report;
        this.fatal = parts.fatal();
        this.appliedIndex = stateMachine.appliedIndex();
        this.targetIndex = appliedIndex;
    }

    long appliedIndex() {
        return appliedIndex;
    }

    void applyUpTo(long index) {
        targetIndex = Math.max(targetIndex, index);
        applyIfIdle();
    }

    /** The batch that was under way is applied up to {@code index}. */
    void applied(long index) {
        applying = false;
        appliedIndex = index;
        applyIfIdle();
    }

    boolean isApplying() {
        return applying;
    }

    /** Applies nothing further until a snapshot is installed: what stood in the log is no longer what is due. */
    void suspend() {
        suspended = true;
        targetIndex = appliedIndex;
    }

    /** The state is a snapshot up to {@code index}. */
    void installed(long index) {
        suspended = false;
        appliedIndex = index;
        targetIndex = Math.max(targetIndex, index);
        applyIfIdle();
    }

    private void applyIfIdle() {
        if (suspended || applying || appliedIndex >= targetIndex) {
            return;
        }
        applying = true;
        long from = appliedIndex + 1;
        long to = Math.min(targetIndex, StateDigests.dueAfter(appliedIndex));
        worker.execute(() -> {
            try {
                List<Entry> entries = log.read(from, to, maxBytes);
                List<Bytes> results = stateMachine.apply(entries);
                digests.applied();
                report.accept(new Event.Applied(entries, results));
            } catch (RuntimeException | Error e) {
                fatal.fatal(e);
            }
        });
    }
}
