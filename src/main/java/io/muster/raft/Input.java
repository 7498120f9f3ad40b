package io.muster.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a replica. Every input is stepped at the time of the last {@link Tick} before it. */
public sealed interface Input {

    /**
     * Time has come to this point.
     *
     * @param nowNanos a clock that never goes back, nanoseconds from an arbitrary origin
     * @param wallMillis the wall clock, milliseconds since the epoch; may jump
     * @param jitter random, from 0 (inclusive) to 1 (exclusive); what election timeouts are drawn from
     */
    record Tick(long nowNanos, long wallMillis, double jitter) implements Input {}

    /** A message has arrived. */
    record Receive(NodeId from, Message message) implements Input {}

    /** Callers want commands replicated, in this order, as one batch. */
    record Propose(List<Proposal> proposals) implements Input {
        public Propose {
            proposals = List.copyOf(proposals);
            if (proposals.isEmpty()) {
                throw new IllegalArgumentException("a batch holds one proposal at least");
            }
        }
    }

    /**
     * One command.
     *
     * @param id the caller's, echoed in {@link Effect.Accept} or {@link Effect.RejectProposal}
     */
    record Proposal(long id, Bytes command) {}

    /**
     * A caller wants a read point; answered by {@link Effect.ConfirmRead} or {@link Effect.RejectRead}.
     *
     * @param id the caller's, never used before
     * @param voucher of the follower that asks for its callers; null where the caller asks here
     */
    record Read(long id, @Nullable Voucher voucher) implements Input {}

    /**
     * A voter that was in this term after the read began: its question confirms the leader of that term as its answer to a
     * heartbeat would (docs/decisions/0007).
     */
    record Voucher(NodeId voter, long term) {}

    /**
     * The {@link Effect.Append} that ends with this entry is durable here, and every one before it. Of several that are
     * made durable together, the last alone may be reported.
     *
     * @param term the entry's; tells it from another that has since taken its place
     */
    record Persisted(long index, long term) implements Input {}

    /** Hands leadership to a follower; nothing happens where this replica does not lead (dissertation section 3.10). */
    record TransferLeadership() implements Input {}

    /** Answers {@link Effect.Fetch}: consecutive entries, the first the one that was asked for. */
    record Fetched(NodeId peer, long term, List<Entry> entries) implements Input {
        public Fetched {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A snapshot was received, and is durable here: it takes the place of log and state, unless they are as far already
     * (paper section 7). Answered by {@link Effect.InstallSnapshot}, or by nothing.
     *
     * @param term of the leader that sent it
     */
    record SnapshotReceived(long term, LogStart last) implements Input {}

    /**
     * Answers {@link Effect.SendSnapshot}.
     *
     * @param term the one of the effect
     * @param lastIndex the last entry that the peer has by it; {@link #NOT_SENT} where it could not be sent
     */
    record SnapshotEnded(NodeId peer, long term, long lastIndex) implements Input {
        public static final long NOT_SENT = -1;
    }

    /** The state machine's own disk holds all entries up to this one: the log may forget them. */
    record Compact(long index) implements Input {}

    /** The entry stream to this peer has closed: what was on the way may be lost. */
    record OutboundClosed(NodeId peer) implements Input {}

    /** The entry stream from this peer has closed, and no other has taken its place: if it leads, it is as good as gone. */
    record InboundClosed(NodeId peer) implements Input {}
}
