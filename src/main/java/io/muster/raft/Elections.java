package io.muster.raft;

import static io.muster.raft.InvariantViolation.require;

import io.muster.raft.Effect.After;
import io.muster.raft.RoleState.Campaign;
import io.muster.raft.RoleState.Follower;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who leads: terms, pre-votes, votes (paper sections 5.1, 5.2 and 5.4.1; dissertation section 9.6). */
final class Elections {

    private final CoreState state;
    private final Leading leading;
    private long loyalUntilNanos = Long.MIN_VALUE;
    /** Until when the leader that was heard of last may rely on its lease. */
    private long leasedUntilNanos = Long.MIN_VALUE;

    Elections(CoreState state, Leading leading) {
        this.state = state;
        this.leading = leading;
    }

    /** Waits as a follower that knows no leader. */
    void start() {
        state.become(new Follower(null, Long.MIN_VALUE, state.electionTimeoutFromNow()));
    }

    /**
     * This replica may have heard of a leader right before it was restarted, so it is as loyal as if it just had; one that
     * was never in a term has heard of none (docs/decisions/0009).
     */
    void beLoyal() {
        if (state.term() > 0) {
            loyalUntilNanos = state.nowNanos() + state.config.electionTimeoutNanos();
            leasedUntilNanos = loyalUntilNanos;
        }
    }

    /** Follows whoever leads {@code term}, a newer one than ours (paper section 5.1). */
    void followNewerTerm(long term) {
        state.enterTerm(term);
        stepDown();
    }

    /** Gives up what this replica was in its term. */
    void stepDown() {
        if (state.role() instanceof Leadership leadership) {
            leading.end(leadership);
        }
        start();
    }

    /** The leader of the current term was heard of. There is no other in it (paper section 5.2). */
    void followLeader(NodeId leader) {
        NodeId known = state.role().leader();
        require(
                known == null || known.equals(leader),
                "node " + leader + " leads term " + state.term() + " beside node " + known);
        state.become(new Follower(leader, state.nowNanos(), state.electionTimeoutFromNow()));
        leasedUntilNanos = state.nowNanos() + state.config.electionTimeoutNanos();
    }

    /**
     * Whether a vote is refused, and its term not entered, because a leader may rely on its lease. The leader learns of the newer
     * term by its next heartbeat, so nobody is kept from electing for longer than that (etcd-io/etcd#8334).
     */
    boolean isLeasedAgainst(Message.RequestVote request) {
        boolean leased = state.role() instanceof Leadership || state.nowNanos() < leasedUntilNanos;
        return state.config.leaseReads() && leased && !request.handedOver();
    }

    void refuseForLease() {
        state.emit(new Effect.Answer(new Message.VoteReply(state.term(), false), After.VOTE));
    }

    /** Seeks an election when it is time (paper section 5.2). */
    void tick() {
        long electionAt = switch (state.role()) {
            case Follower follower -> follower.electionAtNanos();
            case Campaign campaign -> campaign.retryAtNanos();
            case Leadership leadership -> Long.MAX_VALUE;
        };
        if (state.nowNanos() >= electionAt && !state.diskStalls()) {
            seekPreVotes();
        }
    }

    /** The leader's stream has closed: it is as good as gone, so it is not waited for. */
    void leaderMayBeGone(NodeId peer) {
        if (state.config.leaseReads()) {
            return;
        }
        if (state.role() instanceof Follower follower && peer.equals(follower.leader())) {
            state.become(new Follower(null, Long.MIN_VALUE, Math.min(state.soon(), follower.electionAtNanos())));
        }
    }

    /** The leader hands over: stands at once, without asking first, for nobody else would get a pre-vote now. */
    void timeoutNow(NodeId leader, Message.TimeoutNow request) {
        state.emit(new Effect.Answer(new Message.TimeoutNowReply(state.term()), After.VOTE));
        boolean asked = state.role() instanceof Follower follower && leader.equals(follower.leader());
        if (asked && request.term() == state.term() && !state.diskStalls()) {
            seekVotes(state.config.voters(), true);
        }
    }

    /** Asks whether an election could be won before it disturbs anybody (dissertation section 9.6). */
    private void seekPreVotes() {
        Campaign campaign = begin(Role.PRE_CANDIDATE, Set.of(state.config.self()));
        toOthers(new Message.PreVote(state.term() + 1, state.log.lastIndex(), state.log.lastTerm()), After.NOTHING);
        count(campaign);
    }

    private void seekVotes(Set<NodeId> willing, boolean handedOver) {
        state.enterTerm(state.term() + 1);
        state.voteFor(state.config.self());
        Campaign campaign = begin(Role.CANDIDATE, willing);
        toOthers(
                new Message.RequestVote(state.term(), state.log.lastIndex(), state.log.lastTerm(), handedOver),
                After.VOTE);
        count(campaign);
    }

    private Campaign begin(Role role, Set<NodeId> willing) {
        Campaign campaign = new Campaign(role, state.config.self(), willing, state.electionTimeoutFromNow());
        state.become(campaign);
        return campaign;
    }

    private void toOthers(Message.Request message, After after) {
        for (NodeId voter : state.config.voters()) {
            if (!voter.equals(state.config.self())) {
                state.emit(new Effect.Send(voter, message, after));
            }
        }
    }

    private void count(Campaign campaign) {
        if (!campaign.wonBy(state.config.majority())) {
            return;
        }
        if (campaign.role() == Role.PRE_CANDIDATE) {
            seekVotes(campaign.grantedBy(), false);
        } else {
            leading.begin();
        }
    }

    /** Would this replica vote so? It would not while it hears of a leader. Nothing changes by the answer. */
    void preVote(NodeId candidate, Message.PreVote request) {
        boolean granted = request.term() > state.term()
                && !hearsOfLeader()
                && state.log.isNotNewerThan(request.lastLogIndex(), request.lastLogTerm());
        long term = granted ? request.term() : state.term();
        state.emit(new Effect.Answer(new Message.PreVoteReply(term, granted), After.VOTE));
    }

    private boolean hearsOfLeader() {
        return state.nowNanos() < loyalUntilNanos
                || switch (state.role()) {
                    case Leadership leadership -> true;
                    case Follower follower -> heardWithinTimeout(follower.leader(), follower.lastContactNanos());
                    case Campaign campaign -> false;
                };
    }

    private boolean heardWithinTimeout(@Nullable NodeId leader, long lastContactNanos) {
        return leader != null && state.nowNanos() - lastContactNanos < state.config.electionTimeoutNanos();
    }

    /** One vote a term, first come, first served, to a log at least as up to date (paper sections 5.2 and 5.4.1). */
    void requestVote(NodeId candidate, Message.RequestVote request) {
        boolean granted = request.term() == state.term()
                && state.mayVoteFor(candidate)
                && state.log.isNotNewerThan(request.lastLogIndex(), request.lastLogTerm());
        if (granted) {
            state.voteFor(candidate);
            waitForWinner();
        }
        state.emit(new Effect.Answer(new Message.VoteReply(state.term(), granted), After.VOTE));
    }

    private void waitForWinner() {
        if (state.role() instanceof Follower follower) {
            state.become(new Follower(follower.leader(), follower.lastContactNanos(), state.electionTimeoutFromNow()));
        } else {
            stepDown();
        }
    }

    void preVoteReply(NodeId voter, Message.PreVoteReply reply) {
        if (reply.granted() && reply.term() == state.term() + 1) {
            countGranted(voter);
        }
    }

    void voteReply(NodeId voter, Message.VoteReply reply) {
        if (reply.term() != state.term()) {
            return;
        }
        if (reply.granted()) {
            countGranted(voter);
        } else {
            refused(voter);
        }
    }

    /**
     * Those who gave their pre-vote and now refuse have voted for another since. Where the others are no majority, the vote
     * is split, most likely, and a whole election timeout would pass for nothing.
     */
    private void refused(NodeId voter) {
        if (state.role() instanceof Campaign campaign) {
            campaign.refused(voter);
            if (campaign.isSplit(state.config.majority())) {
                campaign.retryBy(state.soonAfterSplit());
            }
        }
    }

    private void countGranted(NodeId voter) {
        if (state.role() instanceof Campaign campaign) {
            campaign.granted(voter);
            count(campaign);
        }
    }
}
