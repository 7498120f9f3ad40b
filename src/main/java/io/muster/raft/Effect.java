package io.muster.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of {@link RaftCore#step} has to do, in the order of the list. {@link PersistVote} and {@link Append}
 * are made durable in that order; everything else may go on beside them, but for what {@link After} holds back.
 */
public sealed interface Effect {

    /** What must be durable before a message may leave. */
    enum After {
        /** Nothing: it promises nothing new. */
        NOTHING,
        /** Every {@link PersistVote} so far. */
        VOTE,
        /** Every {@link PersistVote} and {@link Append} so far. */
        LOG
    }

    /** Makes term and vote durable, as one record. */
    record PersistVote(long term, @Nullable NodeId votedFor) implements Effect {}

    /** Makes entries durable; those that stood from the first one's index on are superseded with it. */
    record Append(List<Entry> entries) implements Effect {
        public Append {
            entries = List.copyOf(entries);
        }
    }

    /** Sends a message that was not asked for. */
    record Send(NodeId to, Message.Request message, After after) implements Effect {}

    /** Answers the message that was stepped. Exactly one for each {@link Message.Request}. */
    record Answer(Message.Reply message, After after) implements Effect {}

    /** Applies the entries up to this index: they are committed, and durable here. */
    record Apply(long lastIndex) implements Effect {}

    /**
     * Reads entries from the durable log for a peer that lags behind what the core holds in memory.
     *
     * @param term the current one, to be echoed in {@link Input.Fetched}
     */
    record Fetch(NodeId peer, long term, long fromIndex, int maxBytes) implements Effect {}

    /**
     * Sends a snapshot of the state machine to a peer that lags behind the start of the log.
     *
     * @param term the current one, to be echoed in {@link Input.SnapshotEnded}
     */
    record SendSnapshot(NodeId peer, long term) implements Effect {}

    /** A peer denies what it had acknowledged up to {@code lastIndex}; it is believed, and sent all of it again. */
    record ReportDenial(NodeId peer, long lastIndex) implements Effect {}

    /**
     * Puts the snapshot that was received in the place of log and state, durably; in order with {@link PersistVote} and
     * {@link Append}, and reported like an append that ends with its last entry.
     */
    record InstallSnapshot(LogStart last) implements Effect {}

    /** Forgets the entries of the durable log up to this one. */
    record CutLog(long index) implements Effect {}

    /** The command is in the log at this index, and committed once an entry of this term is applied there. */
    record Accept(long id, long index, long term) implements Effect {}

    /** This replica does not lead: the command is in no log. */
    record RejectProposal(long id) implements Effect {}

    /** A read is linearizable once this replica has applied {@code index}. */
    record ConfirmRead(long id, long index) implements Effect {}

    /** This replica does not lead, or ceased to before a majority confirmed it. */
    record RejectRead(long id) implements Effect {}
}
