package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a replica offers to its peers, through {@link Transport}. Thread-safe; never blocks. */
public interface PeerEndpoint {

    /**
     * Takes a member's message.
     *
     * @param answer takes the answer, on the event loop; must not block
     * @return false when the replica is overloaded or stopping: there will be no answer
     */
    boolean receive(NodeId from, Message.Request message, Consumer<Message.Reply> answer);

    /** Takes the answer to a message that this replica sent. */
    void answered(NodeId from, Message.Reply reply);

    /** The entry stream to a member has closed: what was on the way may be lost. */
    void outboundClosed(NodeId peer);

    /** The entry stream from a member has closed, and no other has taken its place. */
    void inboundClosed(NodeId peer);

    /** As {@link Consensus#propose}, but never passed on: fails with {@code NoQuorum} where this replica does not lead. */
    CompletableFuture<Consensus.Committed> proposeHere(Bytes command);

    /**
     * A read point, where this replica leads; else fails with {@code NoQuorum}.
     *
     * @param from the member that asks
     * @param term the term it was in after the reads it asks for had begun
     */
    CompletableFuture<Long> readIndexFor(NodeId from, long term);

    /** Digests of the state behind the latest entries at which every replica takes one, and of the state as it is. */
    List<StateDigest> stateDigests();

    /** Takes a part of a snapshot. Fails with a {@link ConsensusException} where it was not taken. */
    CompletableFuture<SnapshotProgress> receiveSnapshot(SnapshotChunk chunk);
}
