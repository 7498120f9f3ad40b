package io.muster.raft;

import io.muster.raft.Effect.After;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a leader does (paper sections 5.3, 5.4 and 8; dissertation sections 6.2 and 6.4). */
final class Leading {

    private final CoreState state;
    private final Replication replication;
    private final Transfers transfers;

    Leading(CoreState state) {
        this.state = state;
        this.replication = new Replication(state);
        this.transfers = new Transfers(state);
    }

    /** The election is won: a no-op makes what earlier terms left committable, and the commit index current. */
    void begin() {
        LeaderClock clock = new LeaderClock(state.log.lastTimeMillis(), state.nowNanos(), state.wallMillis());
        Leadership leadership = new Leadership(state.config, state.log.lastIndex() + 1, clock, state.nowNanos());
        state.become(leadership);
        append(leadership, List.of(new Payload.NoOp()));
        heartbeat(leadership);
    }

    /** What waits for this leader's confirmation cannot have it any more. */
    void end(Leadership leadership) {
        leadership.reads().forEachWaiting(id -> state.emit(new Effect.RejectRead(id)));
    }

    /**
     * Answers whether this leader still leads: one that no majority answers steps down (dissertation section 6.2), and so
     * does one whose disk makes no progress, for it holds up every write.
     */
    boolean tick(Leadership leadership) {
        List<Long> contacts = new ArrayList<>();
        leadership.progress().values().forEach(peer -> contacts.add(peer.lastContactNanos()));
        long majorityContact = Quorum.reachedBy(state.config.majority(), state.nowNanos(), contacts);
        if (state.nowNanos() - majorityContact >= state.config.electionTimeoutNanos() || state.diskStalls()) {
            return false;
        }
        transfers.tick(leadership);
        if (state.nowNanos() >= leadership.heartbeatAtNanos()) {
            heartbeat(leadership);
        }
        return true;
    }

    void propose(Leadership leadership, List<Input.Proposal> proposals) {
        if (leadership.transfer() != null) {
            proposals.forEach(proposal -> state.emit(new Effect.RejectProposal(proposal.id())));
            return;
        }
        long index = state.log.lastIndex();
        for (Input.Proposal proposal : proposals) {
            state.emit(new Effect.Accept(proposal.id(), ++index, state.term()));
        }
        append(
                leadership,
                proposals.stream()
                        .<Payload>map(proposal -> new Payload.Command(proposal.command()))
                        .toList());
    }

    /** Followers get the entries while this replica's own disk still writes them (dissertation section 10.2.1). */
    private void append(Leadership leadership, List<Payload> payloads) {
        long timeMillis = leadership.clock().stamp(state.nowNanos(), state.wallMillis());
        List<Entry> entries = new ArrayList<>();
        for (Payload payload : payloads) {
            entries.add(new Entry(state.log.lastIndex() + 1 + entries.size(), state.term(), timeMillis, payload));
        }
        state.log.append(entries, state.nowNanos());
        state.emit(new Effect.Append(entries));
        leadership.progress().forEach(replication::send);
    }

    void read(Leadership leadership, long id, Input.@Nullable Voucher voucher) {
        if (isConfirmedBy(leadership, voucher) || isConfirmedByLease(leadership)) {
            state.emit(new Effect.ConfirmRead(id, state.commitIndex()));
            return;
        }
        leadership.reads().add(id);
        beginRoundIfWanted(leadership);
    }

    /** Whether this leader and the voter that asks are a majority in this term, and what is committed is known. */
    private boolean isConfirmedBy(Leadership leadership, Input.@Nullable Voucher voucher) {
        return voucher != null
                && voucher.term() == state.term()
                && leadership.progress().containsKey(voucher.voter())
                && state.config.oneVoucherSuffices()
                && commitIndexIsCurrent(leadership);
    }

    private boolean isConfirmedByLease(Leadership leadership) {
        return state.config.leaseReads()
                && leadership.lease().holds(state.nowNanos())
                && commitIndexIsCurrent(leadership);
    }

    void transfer(Leadership leadership) {
        transfers.begin(leadership);
    }

    private void beginRoundIfWanted(Leadership leadership) {
        if (leadership.reads().wantsRound() && commitIndexIsCurrent(leadership)) {
            heartbeat(leadership);
        }
    }

    /** Before an entry of its own term is committed, a leader does not know what is (paper section 8). */
    private boolean commitIndexIsCurrent(Leadership leadership) {
        return state.commitIndex() >= leadership.firstIndexOfTerm();
    }

    private void heartbeat(Leadership leadership) {
        ReadQueue reads = leadership.reads();
        long round = commitIndexIsCurrent(leadership) ? reads.beginRound(state.commitIndex()) : reads.beginEmptyRound();
        leadership.lease().roundSent(round, state.nowNanos());
        for (Map.Entry<NodeId, Progress> peer : leadership.progress().entrySet()) {
            long commit = Math.min(state.commitIndex(), peer.getValue().matchIndex());
            state.emit(
                    new Effect.Send(peer.getKey(), new Message.Heartbeat(state.term(), commit, round), After.NOTHING));
        }
        leadership.heartbeatAt(state.nowNanos() + state.config.heartbeatIntervalNanos());
        confirmReads(leadership);
    }

    private void confirmReads(Leadership leadership) {
        long round = leadership.roundOf(state.config.majority());
        leadership.lease().confirmed(round);
        leadership.reads().confirm(round).forEach(state::emit);
    }

    void heartbeatReply(Leadership leadership, NodeId peer, Message.HeartbeatReply reply) {
        if (reply.term() != state.term()) {
            return;
        }
        Progress progress = leadership.progressOf(peer);
        progress.heard(state.nowNanos());
        leadership.confirmed(peer, reply.round());
        confirmReads(leadership);
        beginRoundIfWanted(leadership);
        if (progress.probing() || progress.matchIndex() < state.log.lastIndex()) {
            replication.check(peer, progress);
        }
    }

    void appendReply(Leadership leadership, NodeId peer, Message.AppendReply reply) {
        if (reply.term() != state.term()) {
            return;
        }
        Progress progress = leadership.progressOf(peer);
        progress.heard(state.nowNanos());
        switch (reply) {
            case Message.Appended appended -> {
                progress.acknowledged(appended.matchIndex());
                advanceCommit(leadership);
                transfers.goOn(leadership);
            }
            case Message.AppendRefused refused -> refused(peer, progress, refused);
        }
        replication.send(peer, progress);
    }

    private void refused(NodeId peer, Progress progress, Message.AppendRefused refused) {
        long acknowledged = progress.matchIndex();
        long agreement = state.log.lastIndexOfTermAtMost(refused.hintIndex(), refused.hintTerm());
        if (progress.refused(refused.prevLogIndex(), agreement)) {
            state.emit(new Effect.ReportDenial(peer, acknowledged));
        }
    }

    void fetched(Leadership leadership, Input.Fetched fetched) {
        if (fetched.term() == state.term()) {
            replication.fetched(fetched.peer(), leadership.progressOf(fetched.peer()), fetched.entries());
        }
    }

    void snapshotEnded(Leadership leadership, Input.SnapshotEnded ended) {
        if (ended.term() != state.term()) {
            return;
        }
        Progress progress = leadership.progressOf(ended.peer());
        if (ended.lastIndex() == Input.SnapshotEnded.NOT_SENT) {
            progress.snapshotFailed(state.log.startIndex());
        } else {
            progress.snapshotSent(ended.lastIndex());
        }
        replication.send(ended.peer(), progress);
    }

    /** A leader's own copy counts once it is durable, like any other. */
    void persisted(Leadership leadership) {
        advanceCommit(leadership);
    }

    /** Only an entry of the current term is committed by counting (paper section 5.4.2 and figure 8). */
    private void advanceCommit(Leadership leadership) {
        List<Long> matches = new ArrayList<>();
        leadership.progress().values().forEach(peer -> matches.add(peer.matchIndex()));
        long index = Quorum.reachedBy(state.config.majority(), state.log.durableIndex(), matches);
        if (index > state.commitIndex() && state.log.termAt(index) == state.term()) {
            state.commit(index);
            leadership.progress().forEach(replication::announceCommit);
            beginRoundIfWanted(leadership);
        }
    }

    void disconnected(Leadership leadership, NodeId peer) {
        leadership.progressOf(peer).disconnected();
    }
}
