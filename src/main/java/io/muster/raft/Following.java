package io.muster.raft;

import static io.muster.raft.InvariantViolation.require;

import io.muster.raft.Effect.After;
import io.muster.raft.Message.AppendEntries;
import java.util.List;

/** What a follower does with the leader's messages (paper section 5.3 and figure 2, AppendEntries RPC, receiver). */
final class Following {

    private final CoreState state;
    private final Elections elections;

    Following(CoreState state, Elections elections) {
        this.state = state;
        this.elections = elections;
    }

    void appendEntries(NodeId leader, AppendEntries request) {
        if (request.term() < state.term()) {
            refuse(request, state.log.lastIndex());
            return;
        }
        elections.followLeader(leader);
        if (!state.log.matches(request.prevLogIndex(), request.prevLogTerm())) {
            refuse(request, state.log.lastIndexOfTermAtMost(request.prevLogIndex(), request.prevLogTerm()));
            return;
        }
        appendWhatIsNew(request.entries());
        // Commit no further than this request has shown the logs to be equal: what stands behind may yet be replaced.
        state.commit(Math.min(request.leaderCommit(), request.lastIndex()));
        state.emit(new Effect.Answer(new Message.Appended(state.term(), request.lastIndex()), After.LOG));
    }

    private void refuse(AppendEntries request, long hintIndex) {
        Message.AppendRefused refusal =
                new Message.AppendRefused(state.term(), request.prevLogIndex(), hintIndex, state.log.termAt(hintIndex));
        state.emit(new Effect.Answer(refusal, After.VOTE));
    }

    /** Only an entry that conflicts gives way: a late request must not cut what a newer one has brought. */
    private void appendWhatIsNew(List<Entry> entries) {
        int known = 0;
        while (known < entries.size()
                && state.log.matches(
                        entries.get(known).index(), entries.get(known).term())) {
            known++;
        }
        if (known == entries.size()) {
            return;
        }
        List<Entry> fresh = entries.subList(known, entries.size());
        require(fresh.getFirst().index() > state.commitIndex(), "committed entries are never replaced");
        state.log.append(fresh, state.nowNanos());
        state.emit(new Effect.Append(fresh));
    }

    /**
     * A snapshot has been received (paper section 7, figure 13). It holds nothing but committed entries, whoever sent it;
     * where the log has its last entry, the log goes on, and is committed that far.
     */
    void snapshotReceived(LogStart last) {
        if (last.index() <= state.commitIndex() || last.term() > state.term()) {
            return;
        }
        if (state.log.matches(last.index(), last.term())) {
            state.commit(last.index());
        } else {
            state.install(last);
        }
    }

    void heartbeat(NodeId leader, Message.Heartbeat request) {
        if (request.term() < state.term()) {
            // The sender may lead this newer term too by the time it hears of it, and rounds are counted by term.
            answerRound(Message.HeartbeatReply.NO_ROUND);
            return;
        }
        elections.followLeader(leader);
        state.commit(Math.min(request.leaderCommit(), state.log.lastIndex()));
        answerRound(request.round());
    }

    private void answerRound(long round) {
        state.emit(new Effect.Answer(new Message.HeartbeatReply(state.term(), round), After.VOTE));
    }
}
