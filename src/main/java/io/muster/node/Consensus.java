package io.muster.node;

import io.muster.raft.Bytes;
import java.util.concurrent.CompletableFuture;

/**
 * What a replica offers to those who use the replicated state: ordered writes and linearizable reads, on any replica.
 * Thread-safe; the futures fail with a {@link ConsensusException} and nothing else, within a bounded time.
 */
public interface Consensus {

    /**
     * Replicates a command and applies it; forwards it to the leader, over one hop, where this replica is a follower.
     *
     * @param command the encoded command, at most {@link #MAX_COMMAND_BYTES}
     * @return the result of its application
     */
    CompletableFuture<Committed> propose(Bytes command);

    /**
     * A linearizable read point (ReadIndex, dissertation section 6.4): completes once this replica's state machine has
     * applied every command that was acknowledged, by any replica, before the call.
     *
     * @return an applied index at or above that point
     */
    CompletableFuture<Long> readBarrier();

    /**
     * Completes once this replica has applied {@code index}, with the applied index; fails after a bounded time. Whoever
     * gives up before that cancels it.
     */
    CompletableFuture<Long> awaitApplied(long index);

    /** Index this replica's state machine has applied. */
    long appliedIndex();

    /** The largest command that is accepted, in bytes. */
    int MAX_COMMAND_BYTES = 64 * 1024;

    /**
     * A command that is in the log of a majority and applied.
     *
     * @param index its place in the log
     * @param result what the state machine answered
     */
    record Committed(long index, Bytes result) {}
}
