package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Input;
import io.muster.raft.LogStart;
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

    record Write(Bytes command, Caller<Consensus.Committed> caller) implements Event {}

    /**
     * Callers want a read point.
     *
     * @param voucher of the follower whose callers ask; null for this replica's own
     */
    record ReadPoint(Input.@Nullable Voucher voucher, Caller<Long> caller) implements Event {}

    record Transfer(CompletableFuture<Void> result) implements Event {}

    record Await(long index, CompletableFuture<Long> result) implements Event {}

    /**
     * What was added up to {@code sequence} is durable.
     *
     * @param last of the log, null when only a vote was saved
     * @param installed what the state covers by a snapshot that was installed, null for none
     */
    record Persisted(
            long sequence,
            Input.@Nullable Persisted last,
            @Nullable LogStart installed) implements Event {}

    record SnapshotReceived(long term, LogStart last) implements Event {}

    record SnapshotEnded(NodeId peer, long term, long lastIndex) implements Event {}

    /** The state machine's own disk holds what is applied up to {@code last}. */
    record Flushed(LogStart last) implements Event {}

    /** What was begun elsewhere goes on here. */
    record OnLoop(Runnable next) implements Event {}

    record Fetched(NodeId peer, long term, List<Entry> entries) implements Event {}

    record Applied(List<Entry> entries, List<Bytes> results) implements Event {}
}
