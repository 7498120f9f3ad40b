package io.muster.users;

import io.muster.node.Consensus;
import io.muster.node.StateMachine;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A cluster of one: appends to a list and applies at once, unless a test makes it fail. */
final class SingleReplica implements Consensus {

    private final StateMachine machine;
    private final List<Entry> log = new ArrayList<>();

    /** Fails the next calls, before anything is appended. */
    @Nullable
    RuntimeException refusal;

    /** Appends and applies, but never answers. */
    boolean silent;

    long timeMillis = 1_700_000_000_000L;

    SingleReplica(StateMachine machine) {
        this.machine = machine;
    }

    List<Entry> log() {
        return log;
    }

    @Override
    public synchronized CompletableFuture<Committed> propose(Bytes command) {
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Entry entry = new Entry(machine.appliedIndex() + 1, 1, timeMillis, new Payload.Command(command));
        log.add(entry);
        Bytes result = machine.apply(List.of(entry)).getFirst();
        return answer(new Committed(entry.index(), result));
    }

    @Override
    public CompletableFuture<Long> readBarrier() {
        return refusal == null ? answer(machine.appliedIndex()) : CompletableFuture.failedFuture(refusal);
    }

    private <T> CompletableFuture<T> answer(T value) {
        return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(value);
    }

    @Override
    public CompletableFuture<Long> awaitApplied(long index) {
        return answer(machine.appliedIndex());
    }

    @Override
    public long appliedIndex() {
        return machine.appliedIndex();
    }
}
