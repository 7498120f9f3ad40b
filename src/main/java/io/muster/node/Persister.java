package io.muster.node;

import io.muster.raft.Effect;
import io.muster.raft.Entry;
import io.muster.storage.DataDirectory;
import io.muster.storage.DurableLog;
import io.muster.storage.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes votes and entries durable, in order, one batch at a time: what arrives while one is written shares the next
 * (group commit). Used by the event loop; the writing itself happens on the persist worker.
 */
final class Persister {

    private final DataDirectory directory;
    private final DurableLog log;
    private final Executor worker;
    private final Consumer<Event> report;
    private final FatalHandler fatal;

    private Effect.@Nullable PersistVote vote;
    private List<Entry> entries = new ArrayList<>();
    private long sequence;
    private long durableSequence;
    private long voteSequence;
    private boolean writing;
    private boolean sealed;

    Persister(DataDirectory directory, DurableLog log, Executor worker, Consumer<Event> report, FatalHandler fatal) {
        this.directory = directory;
        this.log = log;
        this.worker = worker;
        this.report = report;
        this.fatal = fatal;
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

    /** The sequence number that must be durable before a message may leave. */
    long sequenceFor(Effect.After after) {
        return switch (after) {
            case NOTHING -> 0;
            case VOTE -> voteSequence;
            case LOG -> sequence;
        };
    }

    boolean isDurable(long wanted) {
        return wanted <= durableSequence;
    }

    /** Begins to write what has been added, unless a batch is being written. */
    void writeIfIdle() {
        if (writing || sequence == durableSequence) {
            return;
        }
        Effect.PersistVote batchVote = vote;
        List<Entry> batchEntries = entries;
        long batchSequence = sequence;
        vote = null;
        entries = new ArrayList<>();
        writing = true;
        sealed = false;
        run(() -> {
            write(batchVote, batchEntries);
            report.accept(new Event.Persisted(batchSequence, batchEntries.isEmpty() ? null : batchEntries.getLast()));
        });
    }

    /** The vote goes first: a term is durable before entries of it. */
    private void write(Effect.@Nullable PersistVote batchVote, List<Entry> batchEntries) {
        if (batchVote != null) {
            directory.saveVote(new Vote(batchVote.term(), batchVote.votedFor()));
        }
        if (!batchEntries.isEmpty()) {
            log.append(batchEntries);
        }
    }

    void written(long batchSequence) {
        writing = false;
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
