package io.muster.raft;

import java.util.List;

/** What replicas say to each other. {@code term} is the sender's current term unless a message says otherwise. */
public sealed interface Message {

    long term();

    /** A message that is answered by exactly one {@link Reply}. */
    sealed interface Request extends Message {}

    /** The answer to a {@link Request}. */
    sealed interface Reply extends Message {}

    /**
     * Asks whether a vote would be given; nothing is promised (dissertation section 9.6).
     *
     * @param term the term the sender would stand in: its own + 1
     */
    record PreVote(long term, long lastLogIndex, long lastLogTerm) implements Request {}

    /**
     * Answers {@link PreVote}.
     *
     * @param term where granted, the term that was asked for; else the answering replica's own
     */
    record PreVoteReply(long term, boolean granted) implements Reply {}

    /**
     * Asks for a vote (paper figure 2, RequestVote RPC).
     *
     * @param handedOver whether the leader has asked for it, and so gave up its lease
     */
    record RequestVote(long term, long lastLogIndex, long lastLogTerm, boolean handedOver) implements Request {
        public RequestVote(long term, long lastLogIndex, long lastLogTerm) {
            this(term, lastLogIndex, lastLogTerm, false);
        }
    }

    /** Answers {@link RequestVote}. */
    record VoteReply(long term, boolean granted) implements Reply {}

    /**
     * Replicates entries (paper figure 2, AppendEntries RPC).
     *
     * @param entries consecutive, the first at {@code prevLogIndex} + 1; may be empty
     */
    record AppendEntries(long term, long prevLogIndex, long prevLogTerm, List<Entry> entries, long leaderCommit)
            implements Request {
        public AppendEntries {
            entries = List.copyOf(entries);
            long expected = prevLogIndex;
            for (Entry entry : entries) {
                if (entry.index() != ++expected || entry.term() > term) {
                    throw new IllegalArgumentException("entry " + entry.index() + " of term " + entry.term()
                            + " cannot stand at " + expected + " in a request of term " + term);
                }
            }
        }

        /** The last index that this request speaks of. */
        long lastIndex() {
            return prevLogIndex + entries.size();
        }
    }

    /** Answers {@link AppendEntries}. */
    sealed interface AppendReply extends Reply {}

    /** The entries are in the log, durably. {@code matchIndex}: the last index at which the logs were shown equal. */
    record Appended(long term, long matchIndex) implements AppendReply {}

    /**
     * The log has another entry at {@code prevLogIndex}, or none, or the request was of an old term.
     *
     * @param prevLogIndex that of the request
     * @param hintIndex no entry between it and {@code prevLogIndex} can match (paper section 5.3)
     * @param hintTerm term of the entry at {@code hintIndex}, 0 where the log begins behind it
     */
    record AppendRefused(long term, long prevLogIndex, long hintIndex, long hintTerm) implements AppendReply {}

    /** Asks a follower whose log is complete to stand for election at once (dissertation section 3.10). */
    record TimeoutNow(long term) implements Request {}

    /** Answers {@link TimeoutNow}; whether the sender won shows by its messages. */
    record TimeoutNowReply(long term) implements Reply {}

    /**
     * Holds leadership; speaks of no log position, so that a late one can truncate nothing (paper section 5.2).
     *
     * @param leaderCommit the leader's commit index, bounded by what it knows the receiver to hold
     * @param round from 1, ever new in this term; the answer confirms the reads that wait for it (dissertation section
     *     6.4)
     */
    record Heartbeat(long term, long leaderCommit, long round) implements Request {}

    /**
     * Answers {@link Heartbeat}.
     *
     * @param round that of the heartbeat; {@link #NO_ROUND} where it was of an old term
     */
    record HeartbeatReply(long term, long round) implements Reply {
        /** Confirms nothing. */
        static final long NO_ROUND = 0;
    }
}
