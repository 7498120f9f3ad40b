package io.muster.sim;

import io.muster.node.ConsensusException;
import io.muster.node.Failures;
import io.muster.node.PeerEndpoint;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Carries messages between processes, as far as its conditions allow. */
final class Network {

    private static final long CUT_IS_NOTICED = 2 * Simulation.SECOND;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final NetworkConditions conditions;
    private final Watch watch;
    private final @Nullable Incarnation[] processes;
    private final @Nullable EntryStream[][] outbound;
    private final @Nullable EntryStream[][] inbound;

    Network(Simulation simulation, int replicas, Watch watch) {
        this.simulation = simulation;
        this.random = simulation.random("network");
        this.conditions = new NetworkConditions(replicas);
        this.watch = watch;
        this.processes = new Incarnation[replicas + 1];
        this.outbound = new EntryStream[replicas + 1][replicas + 1];
        this.inbound = new EntryStream[replicas + 1][replicas + 1];
    }

    NetworkConditions conditions() {
        return conditions;
    }

    Watch watch() {
        return watch;
    }

    /** The process that listens there; null for none. */
    @Nullable
    Incarnation process(NodeId id) {
        return processes[id.value()];
    }

    long delayNanos(NodeId from, NodeId to) {
        return conditions.delayNanos(from, to, random);
    }

    /** How long a connection may stand still before it is given up. */
    long patienceNanos() {
        return Simulation.SECOND + random.nextLong(2 * Simulation.SECOND);
    }

    /** How long it takes until the end of a connection is heard of. */
    long noticeNanos(NodeId from, NodeId to) {
        long nanos = delayNanos(from, to);
        return conditions.isCut(from, to) ? nanos + random.nextLong(CUT_IS_NOTICED) : nanos;
    }

    void joined(Incarnation process) {
        processes[process.id().value()] = process;
    }

    /** A process is gone. Its peers hear of it soon, if its machine is still there to say so. */
    void left(Incarnation process, boolean machineToo) {
        int id = process.id().value();
        processes[id] = null;
        for (EntryStream stream : streams()) {
            if (stream.isFrom(process) || stream.reaches(process)) {
                long silence = machineToo ? random.nextLong(2 * Simulation.SECOND) : 0;
                simulation.after(silence, stream::breakOff);
                if (stream.isFrom(process)) {
                    drop(stream);
                }
            }
        }
    }

    private List<EntryStream> streams() {
        List<EntryStream> all = new ArrayList<>();
        for (@Nullable EntryStream[] row : outbound) {
            for (EntryStream stream : row) {
                if (stream != null) {
                    all.add(stream);
                }
            }
        }
        return all;
    }

    private void drop(EntryStream dropped) {
        for (@Nullable EntryStream[] row : outbound) {
            for (int to = 0; to < row.length; to++) {
                if (row[to] == dropped) {
                    row[to] = null;
                }
            }
        }
    }

    /** Ends all streams of entries that now stand. */
    void breakStreams() {
        streams().forEach(EntryStream::breakOff);
    }

    void mended() {
        streams().forEach(EntryStream::mended);
    }

    void send(Incarnation from, NodeId to, Message.Request message) {
        if (message instanceof Message.AppendEntries entries) {
            EntryStream stream = outbound[from.id().value()][to.value()];
            if (stream == null) {
                stream = new EntryStream(simulation, this, from, to);
                outbound[from.id().value()][to.value()] = stream;
            }
            stream.send(entries);
        } else {
            carry(from.id(), to, true, () -> arrives(from, to, message));
        }
    }

    private void arrives(Incarnation from, NodeId to, Message.Request message) {
        Incarnation target = process(to);
        if (target != null) {
            target.run(() -> target.endpoint().receive(from.id(), message, reply -> {
                watch.sends(target.replica(), from.id(), reply);
                carry(
                        to,
                        from.id(),
                        true,
                        () -> from.run(() -> {
                            watch.answered(from.replica(), to, reply);
                            from.endpoint().answered(to, reply);
                        }));
            }));
        }
    }

    private void carry(NodeId from, NodeId to, boolean mayDouble, Runnable arrival) {
        if (conditions.loses(random)) {
            return;
        }
        simulation.after(delayNanos(from, to), () -> {
            if (!conditions.isCut(from, to)) {
                arrival.run();
            }
        });
        if (mayDouble && conditions.duplicates(random)) {
            carry(from, to, false, arrival);
        }
    }

    /** Asks a peer, once at most; {@code lost} says what the asker may assume where no answer comes. */
    <T> CompletableFuture<T> ask(
            Incarnation from,
            NodeId to,
            long deadlineNanos,
            Function<PeerEndpoint, CompletableFuture<T>> question,
            Supplier<ConsensusException> lost) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Incarnation target = process(to);
        if (target == null || conditions.isCutForLong(from.id(), to, simulation.nowNanos() - CUT_IS_NOTICED)) {
            result.completeExceptionally(new ConsensusException.NoQuorum("not connected"));
            return result;
        }
        Runnable fail = () -> from.run(() -> result.completeExceptionally(lost.get()));
        simulation.after(deadlineNanos, fail);
        Runnable broken = () -> simulation.after(noticeNanos(to, from.id()), fail);
        target.whenEnded(broken);
        var _ = result.whenComplete((value, failure) -> target.forget(broken));
        carry(
                from.id(),
                to,
                false,
                () -> target.run(() -> {
                    var _ = question.apply(target.endpoint())
                            .whenComplete((value, failure) -> carry(
                                    to,
                                    from.id(),
                                    false,
                                    () -> from.run(() -> {
                                        if (failure == null) {
                                            result.complete(value);
                                        } else {
                                            result.completeExceptionally(Failures.cause(failure));
                                        }
                                    })));
                }));
        return result;
    }

    void receives(EntryStream stream, NodeId from, NodeId to) {
        inbound[from.value()][to.value()] = stream;
    }

    void forget(EntryStream stream, NodeId from, NodeId to) {
        if (outbound[from.value()][to.value()] == stream) {
            outbound[from.value()][to.value()] = null;
        }
    }

    /** Whether no newer one has taken the stream's place; it is forgotten then. */
    boolean wasNewest(EntryStream stream, NodeId from, NodeId to) {
        boolean newest = inbound[from.value()][to.value()] == stream;
        if (newest) {
            inbound[from.value()][to.value()] = null;
        }
        return newest;
    }
}
