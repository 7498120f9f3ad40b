package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What waits in a replica's mailbox. */
sealed interface Event {

    record PeerRequest(NodeId from, Message.Request message, Consumer<Message.Reply> answer) implements Event {}

    record PeerReply(NodeId from, Message.Reply reply) implements Event {}

    record OutboundClosed(NodeId peer) implements Event {}

    record InboundClosed(NodeId peer) implements Event {}

    /**
     * A caller wants a command replicated.
     *
     * @param settled is run once this replica no longer holds the command for the caller: it is applied, superseded, or was
     *     never appended. The result may have failed long before that, when it came too late.
     */
    record Write(Bytes command, CompletableFuture<Consensus.Committed> result, Runnable settled) implements Event {

        void succeed(Consensus.Committed committed) {
            settled.run();
            result.complete(committed);
        }

        void fail(ConsensusException failure) {
            settled.run();
            result.completeExceptionally(failure);
        }
    }

    record ReadPoint(CompletableFuture<Long> result) implements Event {}

    record Await(long index, CompletableFuture<Long> result) implements Event {}

    /**
     * What was added up to {@code sequence} is durable.
     *
     * @param last the last entry that was appended, null when only a vote was saved
     */
    record Persisted(long sequence, @Nullable Entry last) implements Event {}

    record Fetched(NodeId peer, long term, List<Entry> entries) implements Event {}

    record Applied(List<Entry> entries, List<Bytes> results) implements Event {}
}
