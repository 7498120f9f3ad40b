package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Input;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import io.muster.raft.RaftCore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One replica: what its users and its peers call, in front of the event loop. Thread-safe. */
public final class Replica implements Consensus, PeerEndpoint {

    private static final Duration TIDY_UP_INTERVAL = Duration.ofMillis(500);
    private static final Duration COMPARISON_INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_AWAITS = 1024;
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
    /** For the requests of this replica's own users, wherever they are served. */
    private final Budget callerBudget;
    /** For writes that are served here, for any replica's users. */
    private final Budget writeBudget;
    /** For reads that are served here, so that writes which hang keep no login out. */
    private final Budget readBudget;
    /** For waits that name their own index, so that one which never comes keeps nothing else out. */
    private final Budget awaitBudget = new Budget(MAX_AWAITS, 0);

    private final Budget peerBudget = new Budget(MAX_PEER_MESSAGES, MAX_PEER_BYTES);
    private final boolean trustsOneVoucher;
    private final AtomicBoolean seekingFirstPoint = new AtomicBoolean();
    private volatile boolean caughtUp;

    /**
     * Takes up what was restored; does nothing until {@link #start}.
     *
     * @param random where election timeouts are drawn from
     */
    public Replica(ReplicaOptions options, ReplicaParts parts, RandomGenerator random) {
        this.self = options.raft().self();
        this.transport = parts.transport();
        this.workers = parts.workers();
        this.fatal = parts.fatal();
        this.tickInterval = options.tickInterval();
        this.callerBudget = new Budget(options.maxPendingRequests(), options.maxPendingBytes());
        this.writeBudget = new Budget(options.maxPendingRequests(), options.maxPendingBytes());
        this.readBudget = new Budget(options.maxPendingRequests(), 0);
        RaftCore core = new RaftCore(options.raft(), parts.restored());
        this.loop = new EventLoop(parts, core, random, options);
        this.router = new Router(
                self,
                () -> loop.raftStatus().leader(),
                parts.clock(),
                options.leaderWait().toNanos());
        this.reads = new ReadBatcher(() -> router.route(
                () -> readIndexHere(null),
                leader -> transport.readIndex(leader, loop.raftStatus().term())));
        this.trustsOneVoucher = options.raft().oneVoucherSuffices();
    }

    /** Begins to take part. Once. */
    public void start() {
        workers.everyOnLoop(tickInterval, guarded(() -> {
            loop.turn();
            router.retryWaiting();
            seekFirstPoint();
        }));
        workers.everyOnLoop(TIDY_UP_INTERVAL, guarded(loop::tidyUp));
        workers.everyOnLoop(COMPARISON_INTERVAL, guarded(loop.comparison()::begin));
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
        return new ReplicaStatus(
                loop.raftStatus(),
                loop.appliedIndex(),
                caughtUp,
                loop.comparison().differs());
    }

    @Override
    public CompletableFuture<Committed> propose(Bytes command) {
        requireFits(command);
        return callerBudget.admit(
                command.size(),
                () -> router.route(() -> proposeHere(command), leader -> transport.propose(leader, command)));
    }

    @Override
    public CompletableFuture<Committed> proposeHere(Bytes command) {
        requireFits(command);
        return held(writeBudget, command.size(), caller -> new Event.Write(command, caller));
    }

    private static void requireFits(Bytes command) {
        if (command.size() > MAX_COMMAND_BYTES) {
            throw new IllegalArgumentException("a command of " + command.size() + " bytes is too large");
        }
    }

    @Override
    public CompletableFuture<Long> readBarrier() {
        return callerBudget.admit(0, () -> reads.join().thenCompose(index -> awaitApplied(readBudget, index)));
    }

    /** A voucher that does not suffice would only keep reads from sharing a round. */
    @Override
    public CompletableFuture<Long> readIndexFor(NodeId from, long term) {
        return readIndexHere(trustsOneVoucher ? new Input.Voucher(from, term) : null);
    }

    private CompletableFuture<Long> readIndexHere(Input.@Nullable Voucher voucher) {
        return held(readBudget, 0, caller -> new Event.ReadPoint(voucher, caller));
    }

    /**
     * Hands leadership to a follower, so that a planned stop costs no election timeout. Writes wait meanwhile.
     *
     * @return completes once this replica does not lead, at once where it does not; fails with {@code NoQuorum} when
     *     nobody took over in time, and this replica leads on
     */
    public CompletableFuture<Void> transferLeadership() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        if (loop.halted()) {
            result.complete(null);
        } else {
            loop.post(new Event.Transfer(result));
        }
        return result;
    }

    @Override
    public CompletableFuture<Long> awaitApplied(long index) {
        return awaitApplied(awaitBudget, index);
    }

    private CompletableFuture<Long> awaitApplied(Budget budget, long index) {
        return index <= loop.appliedIndex()
                ? CompletableFuture.completedFuture(loop.appliedIndex())
                : budget.admit(0, () -> awaitAppliedLater(index));
    }

    private CompletableFuture<Long> awaitAppliedLater(long index) {
        if (loop.halted()) {
            return CompletableFuture.failedFuture(stopping());
        }
        CompletableFuture<Long> result = new CompletableFuture<>();
        loop.post(new Event.Await(index, result));
        return result;
    }

    @Override
    public long appliedIndex() {
        return loop.appliedIndex();
    }

    /** The room is given back when nothing is held any more, which may be long after the caller has given up. */
    private <T> CompletableFuture<T> held(Budget budget, long bytes, Function<Caller<T>, Event> event) {
        if (loop.halted()) {
            return CompletableFuture.failedFuture(stopping());
        }
        if (!budget.acquire(bytes)) {
            return CompletableFuture.failedFuture(Budget.refusal());
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.post(event.apply(new Caller<>(result, () -> budget.release(bytes))));
        return result;
    }

    private static ConsensusException stopping() {
        return new ConsensusException.NoQuorum("this replica is stopping");
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
    public CompletableFuture<SnapshotProgress> receiveSnapshot(SnapshotChunk chunk) {
        if (loop.halted()) {
            return CompletableFuture.failedFuture(stopping());
        }
        return peerBudget.admit(
                chunk.data().size(), () -> loop.snapshots().received().receive(chunk));
    }

    @Override
    public List<StateDigest> stateDigests() {
        return loop.digests().latest();
    }

    @Override
    public void answered(NodeId from, Message.Reply reply) {
        loop.post(new Event.PeerReply(from, reply));
    }

    @Override
    public void outboundClosed(NodeId peer) {
        loop.post(new Event.OutboundClosed(peer));
    }

    @Override
    public void inboundClosed(NodeId peer) {
        loop.post(new Event.InboundClosed(peer));
    }
}
