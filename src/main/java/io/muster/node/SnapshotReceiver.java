package io.muster.node;

import io.muster.raft.LogStart;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the chunks of a snapshot, one snapshot at a time. The work is done on the fetch worker. Thread-safe.
 */
final class SnapshotReceiver {

    private final SnapshotStore store;
    private final Executor worker;
    private final LongSupplier currentTerm;
    private final Consumer<Event> report;
    private final FatalHandler fatal;
    private final ReplicaObserver observer;

    /** The snapshot that is being received. */
    private record Open(long snapshot, long totalBytes, SnapshotSink sink) {

        boolean isOf(SnapshotChunk chunk) {
            return snapshot == chunk.snapshot() && totalBytes == chunk.totalBytes();
        }
    }

    /** Written by the worker only. */
    private volatile @Nullable Open open;

    private volatile boolean stopped;
    private boolean announced;
    private boolean complete;
    /** From when a snapshot is complete until the core has it installed or refused: it must stay as it is. */
    private volatile boolean awaitsDecision;

    SnapshotReceiver(ReplicaParts parts, LongSupplier currentTerm, Consumer<Event> report) {
        this.store = parts.snapshots();
        this.worker = parts.workers().fetcher();
        this.currentTerm = currentTerm;
        this.report = report;
        this.fatal = parts.fatal();
        this.observer = parts.observer();
    }

    CompletableFuture<SnapshotProgress> receive(SnapshotChunk chunk) {
        CompletableFuture<SnapshotProgress> answer = new CompletableFuture<>();
        worker.execute(() -> {
            try {
                take(chunk, answer);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
                fatal.fatal(e);
            }
        });
        return answer;
    }

    private void take(SnapshotChunk chunk, CompletableFuture<SnapshotProgress> answer) {
        long term = currentTerm.getAsLong();
        if (chunk.term() < term) {
            answer.complete(new SnapshotProgress(term, 0, false));
            return;
        }
        if (!chunk.isIntact()) {
            answer.completeExceptionally(new ConsensusException.NoQuorum("a chunk was damaged on its way"));
            return;
        }
        Open known = open;
        if (known != null && known.isOf(chunk)) {
            take(chunk, known, answer);
        } else if (awaitsDecision) {
            answer.completeExceptionally(new ConsensusException.NoQuorum("another snapshot is being installed"));
        } else {
            take(chunk, begin(chunk), answer);
        }
    }

    private Open begin(SnapshotChunk chunk) {
        close();
        SnapshotSink sink = store.receive(chunk.snapshot(), chunk.totalBytes());
        Open begun = new Open(chunk.snapshot(), chunk.totalBytes(), sink);
        open = begun;
        if (stopped) {
            sink.cancel();
        }
        announced = false;
        complete = false;
        return begun;
    }

    private void take(SnapshotChunk chunk, Open into, CompletableFuture<SnapshotProgress> answer) {
        SnapshotSink sink = into.sink();
        if (!complete && chunk.offset() == sink.received() && chunk.data().size() > 0) {
            announce(into.totalBytes());
            sink.write(ByteBuffer.wrap(chunk.data().toByteArray()));
        }
        long received = complete ? into.totalBytes() : sink.received();
        answer.complete(new SnapshotProgress(chunk.term(), received, complete));
        if (!complete && received == into.totalBytes()) {
            finish(sink, chunk.term());
        }
    }

    /** Once there is something of it: a leader that only asks how much is here may be about to give it up. */
    private void announce(long totalBytes) {
        if (!announced) {
            announced = true;
            observer.snapshotOffered(totalBytes);
        }
    }

    /** A damaged one is forgotten: the sender hears that nothing was received, and begins anew. */
    private void finish(SnapshotSink received, long term) {
        try {
            LogStart last = received.complete();
            awaitsDecision = true;
            complete = true;
            report.accept(new Event.SnapshotReceived(term, last));
        } catch (DamagedSnapshotException damaged) {
            observer.snapshotRefused(String.valueOf(damaged.getMessage()));
            close();
        } catch (CancellationException stopping) {
            close();
        }
    }

    /** Checks no snapshot any more: a stop must not wait for that. */
    void stop() {
        stopped = true;
        Open known = open;
        if (known != null) {
            known.sink().cancel();
        }
    }

    /** What was received is installed. */
    void installed() {
        awaitsDecision = false;
    }

    /** The core takes no notice of what was received, so nobody needs it: it would only take room on the disk. */
    void refused() {
        worker.execute(() -> {
            try {
                store.discard();
                awaitsDecision = false;
            } catch (RuntimeException | Error e) {
                fatal.fatal(e);
            }
        });
    }

    private void close() {
        Open known = open;
        if (known != null) {
            known.sink().close();
            open = null;
        }
    }
}
