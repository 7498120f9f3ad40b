package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The port to the peers. Thread-safe; never blocks. */
public interface Transport {

    /**
     * Sends a message, at most once; it may be lost. Its answer comes to {@link PeerEndpoint#answered}. Entries to one
     * peer arrive in order or, after {@link PeerEndpoint#outboundClosed}, not at all; other messages do not wait for them.
     */
    void send(NodeId to, Message.Request message);

    /**
     * Passes a command on to the leader. Fails with a {@link ConsensusException}, within a bounded time: {@code NoQuorum}
     * and {@code Overloaded} only when the leader cannot have appended it.
     */
    CompletableFuture<Consensus.Committed> propose(NodeId leader, Bytes command);

    /**
     * Asks the leader for a read point. Fails with a {@link ConsensusException}, within a bounded time.
     *
     * @param term the term this replica is in
     */
    CompletableFuture<Long> readIndex(NodeId leader, long term);

    /** Asks a peer for digests of its state. Fails with a {@link ConsensusException}, within a bounded time. */
    CompletableFuture<List<StateDigest>> stateDigests(NodeId peer);

    /** Sends a part of a snapshot. Fails with a {@link ConsensusException} where it is not answered in a bounded time. */
    CompletableFuture<SnapshotProgress> sendSnapshot(NodeId to, SnapshotChunk chunk);
}
