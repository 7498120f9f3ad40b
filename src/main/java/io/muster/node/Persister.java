package io.muster.node;

import io.muster.raft.Effect;
import io.muster.raft.Entry;
import io.muster.raft.Input;
import io.muster.raft.LogStart;
import io.muster.storage.DataDirectory;
import io.muster.storage.DurableLog;
import io.muster.storage.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes votes, entries and installed snapshots durable, in order, one batch at a time: what arrives while one is written shares the next
 * (group commit). Used by the event loop; the writing itself happens on the persist worker.
 */
final class Persister {

    private final DataDirectory directory;
    private final DurableLog log;
    private final SnapshotStore snapshots;
    private final Executor worker;
    private final Consumer<Event> report;
    private final FatalHandler fatal;

    private Effect.@Nullable PersistVote vote;
    private @Nullable LogStart install;
    private long cutIndex;
    private List<Entry> entries = new ArrayList<>();
    private long sequence;
    private long durableSequence;
    private long voteSequence;
    private boolean writing;
    private boolean installing;
    private boolean sealed;

    Persister(ReplicaParts parts, Consumer<Event> report) {
        this.directory = parts.directory();
        this.log = parts.log();
        this.snapshots = parts.snapshots();
        this.worker = parts.workers().persister();
        this.report = report;
        this.fatal = parts.fatal();
    }

    void add(Effect.PersistVote next) {
        vote = next;
        voteSequence = ++sequence;
    }

    void add(Effect.Append append) {
        long first = append.entries().getFirst().index();
        while (!entries.isEmpty() && entries.getLast().index() >= first) {
            entries.removeLast();
        }
        entries.addAll(append.entries());
        sequence++;
    }

    /** All that the log holds gives way to what a snapshot covers. */
    void add(Effect.InstallSnapshot snapshot) {
        entries = new ArrayList<>();
        cutIndex = 0;
        install = snapshot.last();
        sequence++;
    }

    void add(Effect.CutLog cut) {
        cutIndex = cut.index();
    }

    /** The sequence number that must be durable before a message may leave. */
    long sequenceFor(Effect.After after) {
        return switch (after) {
            case NOTHING -> 0;
            case VOTE -> voteSequence;
            case LOG -> sequence;
        };
    }

    /** Whether a snapshot is to be installed, or is being installed. */
    boolean installs() {
        return install != null || installing;
    }

    boolean isDurable(long wanted) {
        return wanted <= durableSequence;
    }

    /**
     * Begins to write what has been added, unless a batch is being written. A snapshot waits until nothing is applied.
     *
     * @param applying whether the state machine is at work
     */
    void writeIfIdle(boolean applying) {
        boolean nothingNew = sequence == durableSequence && cutIndex == 0;
        if (writing || nothingNew || (install != null && applying)) {
            return;
        }
        Batch batch = new Batch(vote, install, entries, cutIndex);
        long batchSequence = sequence;
        vote = null;
        installing = install != null;
        install = null;
        entries = new ArrayList<>();
        cutIndex = 0;
        writing = true;
        sealed = false;
        run(() -> {
            write(batch);
            report.accept(new Event.Persisted(batchSequence, batch.last(), batch.install()));
        });
    }

    /**
     * The vote goes first: a term is durable before entries of it. The log starts at a snapshot before the state is it: a
     * crash in between is made good at the start ({@link SnapshotStore#install}).
     */
    private void write(Batch batch) {
        if (batch.vote() != null) {
            directory.saveVote(new Vote(batch.vote().term(), batch.vote().votedFor()));
        }
        if (batch.install() != null) {
            log.reset(batch.install());
            snapshots.install(batch.install());
        }
        if (!batch.entries().isEmpty()) {
            log.append(batch.entries());
        }
        if (batch.cutIndex() > 0) {
            log.cut(batch.cutIndex());
        }
    }

    private record Batch(
            Effect.@Nullable PersistVote vote, @Nullable LogStart install, List<Entry> entries, long cutIndex) {

        Input.@Nullable Persisted last() {
            if (!entries.isEmpty()) {
                return new Input.Persisted(
                        entries.getLast().index(), entries.getLast().term());
            }
            return install == null ? null : new Input.Persisted(install.index(), install.term());
        }
    }

    void written(long batchSequence) {
        writing = false;
        installing = false;
        durableSequence = batchSequence;
    }

    /** Seals the log once nothing has been written for a while. */
    void sealIfIdle() {
        if (!writing && !sealed && sequence == durableSequence) {
            sealed = true;
            run(log::seal);
        }
    }

    /** Seals the log behind all that is being written, at a clean stop. From any thread. */
    void sealLast() {
        run(log::seal);
    }

    private void run(Runnable task) {
        worker.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                fatal.fatal(e);
            }
        });
    }
}
