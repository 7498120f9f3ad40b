package io.muster.node;

import io.muster.raft.NodeId;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request to the leader, here or over one hop. One that certainly took effect nowhere is tried again until a
 * leader is found, for a bounded time, so that a failover is a pause rather than an error. Bounded by its callers, who take
 * room from a {@link Budget} first. Thread-safe.
 */
final class Router {

    private final class Request<T> {
        private final Supplier<CompletableFuture<T>> here;
        private final Function<NodeId, CompletableFuture<T>> there;
        private final long giveUpAtNanos;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Request(Supplier<CompletableFuture<T>> here, Function<NodeId, CompletableFuture<T>> there) {
            this.here = here;
            this.there = there;
            this.giveUpAtNanos = clock.nanoTime() + leaderWaitNanos;
        }

        void attempt() {
            if (result.isDone()) {
                return;
            }
            NodeId leader = leaderNow.get();
            if (leader == null) {
                waitOrFail(new ConsensusException.NoQuorum("no leader is known"));
            } else {
                var _ = sendTo(leader).whenComplete(this::attempted);
            }
        }

        /** A fault is its caller's to hear of, and nobody else's. */
        private CompletableFuture<T> sendTo(NodeId leader) {
            try {
                return leader.equals(self) ? here.get() : there.apply(leader);
            } catch (RuntimeException fault) {
                return CompletableFuture.failedFuture(fault);
            }
        }

        private void attempted(@Nullable T value, @Nullable Throwable failure) {
            if (failure == null) {
                result.complete(value);
            } else if (Failures.cause(failure) instanceof ConsensusException.NoQuorum noQuorum) {
                waitOrFail(noQuorum);
            } else {
                result.completeExceptionally(Failures.cause(failure));
            }
        }

        private void waitOrFail(ConsensusException.NoQuorum failure) {
            if (clock.nanoTime() - giveUpAtNanos >= 0) {
                result.completeExceptionally(failure);
            } else {
                waiting.add(this);
            }
        }
    }

    private final NodeId self;
    private final Supplier<@Nullable NodeId> leaderNow;
    private final Clock clock;
    private final long leaderWaitNanos;
    private final Queue<Request<?>> waiting = new ConcurrentLinkedQueue<>();

    Router(NodeId self, Supplier<@Nullable NodeId> leaderNow, Clock clock, long leaderWaitNanos) {
        this.self = self;
        this.leaderNow = leaderNow;
        this.clock = clock;
        this.leaderWaitNanos = leaderWaitNanos;
    }

    <T> CompletableFuture<T> route(Supplier<CompletableFuture<T>> here, Function<NodeId, CompletableFuture<T>> there) {
        Request<T> request = new Request<>(here, there);
        request.attempt();
        return request.result;
    }

    /** Gives every request that waits one more try. */
    void retryWaiting() {
        for (int round = waiting.size(); round > 0; round--) {
            Request<?> request = waiting.poll();
            if (request != null) {
                request.attempt();
            }
        }
    }
}
