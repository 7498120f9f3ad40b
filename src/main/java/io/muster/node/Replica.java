package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.RaftCore;
import io.muster.raft.Restored;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One replica: what its users and its peers call, in front of the event loop. Thread-safe. */
public final class Replica implements Consensus, PeerEndpoint {

    private static final Duration SEAL_AFTER_IDLE = Duration.ofMillis(500);
    private static final int MAX_PEER_MESSAGES = 1024;
    private static final long MAX_PEER_BYTES = 32L << 20;

    private final NodeId self;
    private final EventLoop loop;
    private final Router router;
    private final ReadBatcher reads;
    private final Transport transport;
    private final Workers workers;
    private final FatalHandler fatal;
    private final Duration tickInterval;
    private final Budget requestBudget;
    private final Budget peerBudget = new Budget(MAX_PEER_MESSAGES, MAX_PEER_BYTES);
    private final AtomicBoolean seekingFirstPoint = new AtomicBoolean();
    private volatile boolean caughtUp;

    /**
     * Takes up what was restored; does nothing until {@link #start}.
     *
     * @param random where election timeouts are drawn from
     */
    public Replica(ReplicaOptions options, ReplicaParts parts, Restored restored, RandomGenerator random) {
        this.self = options.raft().self();
        this.transport = parts.transport();
        this.workers = parts.workers();
        this.fatal = parts.fatal();
        this.tickInterval = options.tickInterval();
        this.requestBudget = new Budget(options.maxPendingRequests(), options.maxPendingBytes());
        RaftCore core = new RaftCore(options.raft(), restored);
        this.loop = new EventLoop(parts, core, random, options.requestTimeout().toNanos());
        this.router = new Router(
                self,
                () -> loop.raftStatus().leader(),
                parts.clock(),
                options.leaderWait().toNanos());
        this.reads = new ReadBatcher(
                () -> router.route(this::readIndexHere, transport::readIndex).thenCompose(this::awaitApplied));
    }

    /** Begins to take part. Once. */
    public void start() {
        workers.everyOnLoop(tickInterval, guarded(() -> {
            loop.turn();
            router.retryWaiting();
            seekFirstPoint();
        }));
        workers.everyOnLoop(SEAL_AFTER_IDLE, guarded(loop::sealIfIdle));
    }

    /** A periodic task that throws would never run again, and the replica stand still without a word. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                fatal.fatal(e);
            }
        };
    }

    /** Ceases to take part. Who waits is not answered any more; who comes is refused. */
    public void stop() {
        workers.loop().execute(loop::halt);
    }

    private void seekFirstPoint() {
        if (!caughtUp && loop.raftStatus().leader() != null && seekingFirstPoint.compareAndSet(false, true)) {
            var _ = readBarrier().whenComplete((index, failure) -> {
                caughtUp = failure == null;
                seekingFirstPoint.set(false);
            });
        }
    }

    /** What this replica knows of itself. */
    public ReplicaStatus status() {
        return new ReplicaStatus(loop.raftStatus(), loop.appliedIndex(), caughtUp);
    }

    @Override
    public CompletableFuture<Committed> propose(Bytes command) {
        requireFits(command);
        return router.route(() -> proposeHere(command), leader -> transport.propose(leader, command));
    }

    @Override
    public CompletableFuture<Committed> proposeHere(Bytes command) {
        requireFits(command);
        return within(requestBudget, command.size(), result -> new Event.Write(command, result));
    }

    private static void requireFits(Bytes command) {
        if (command.size() > MAX_COMMAND_BYTES) {
            throw new IllegalArgumentException("a command of " + command.size() + " bytes is too large");
        }
    }

    @Override
    public CompletableFuture<Long> readBarrier() {
        return reads.join();
    }

    @Override
    public CompletableFuture<Long> readIndexHere() {
        return within(requestBudget, 0, Event.ReadPoint::new);
    }

    @Override
    public CompletableFuture<Long> awaitApplied(long index) {
        if (index <= loop.appliedIndex()) {
            return CompletableFuture.completedFuture(loop.appliedIndex());
        }
        return within(requestBudget, 0, result -> new Event.Await(index, result));
    }

    @Override
    public long appliedIndex() {
        return loop.appliedIndex();
    }

    private <T> CompletableFuture<T> within(Budget budget, long bytes, Function<CompletableFuture<T>, Event> event) {
        if (loop.halted()) {
            return CompletableFuture.failedFuture(new ConsensusException.NoQuorum("this replica is stopping"));
        }
        if (!budget.acquire(bytes)) {
            return CompletableFuture.failedFuture(
                    new ConsensusException.Overloaded("too many requests wait on this replica"));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        var _ = result.whenComplete((value, failure) -> budget.release(bytes));
        loop.post(event.apply(result));
        return result;
    }

    @Override
    public boolean receive(NodeId from, Message.Request message, Consumer<Message.Reply> answer) {
        long bytes = message instanceof Message.AppendEntries append
                ? append.entries().stream().mapToLong(entry -> entry.size()).sum()
                : 0;
        if (loop.halted() || !peerBudget.acquire(bytes)) {
            return false;
        }
        loop.post(new Event.PeerRequest(from, message, reply -> {
            peerBudget.release(bytes);
            answer.accept(reply);
        }));
        return true;
    }

    @Override
    public void answered(NodeId from, Message.Reply reply) {
        loop.post(new Event.PeerReply(from, reply));
    }

    @Override
    public void disconnected(NodeId peer) {
        loop.post(new Event.PeerDisconnected(peer));
    }
}
