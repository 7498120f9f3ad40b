package io.muster.raft;

import io.muster.raft.Message.AppendEntries;
import io.muster.raft.Message.AppendRefused;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import io.muster.raft.Message.PreVote;
import io.muster.raft.Message.PreVoteReply;
import io.muster.raft.Message.RequestVote;
import io.muster.raft.Message.TimeoutNow;
import io.muster.raft.Message.TimeoutNowReply;
import io.muster.raft.Message.VoteReply;
import java.util.List;

/**
 * One replica's Raft: takes what happens, answers what to do. Equal inputs give equal effects.
 *
 * <p>The caller's duties: step a {@link Input.Tick} first, and often enough for the heartbeat interval; carry out the
 * effects in order; hold back each message until what its {@link Effect.After} names is durable; answer every {@link
 * Effect.Fetch}, and report every {@link Effect.Append} that became durable by {@link Input.Persisted}.
 *
 * <p>Roles and what takes a replica from one to the next (paper figure 4; pre-votes: dissertation section 9.6):
 *
 * <pre>
 *   FOLLOWER       no leader for an election timeout, or its stream closed    PRE_CANDIDATE
 *   PRE_CANDIDATE  a majority would vote                                      CANDIDATE, in the next term
 *   PRE_CANDIDATE  nobody won for an election timeout                         PRE_CANDIDATE, anew
 *   CANDIDATE      a majority has voted                                       LEADER
 *   CANDIDATE      nobody won for an election timeout, or soon on a split     PRE_CANDIDATE
 *   FOLLOWER       the leader hands over                                      CANDIDATE, in the next term
 *   LEADER         no majority answers for an election timeout                FOLLOWER
 *   LEADER         its disk stalls                                            FOLLOWER
 *   any            a newer term is seen, or the leader of this one            FOLLOWER
 * </pre>
 *
 * <p>For one thread.
 */
public final class RaftCore {

    private final CoreState state;
    private final Leading leading;
    private final Elections elections;
    private final Following following;
    private final HandlerTable handlers;
    private boolean started;

    /** @throws InvariantViolation when what was restored contradicts itself */
    public RaftCore(RaftConfig config, Restored restored) {
        this.state = new CoreState(config, restored);
        this.leading = new Leading(state);
        this.elections = new Elections(state, leading);
        this.following = new Following(state, elections);
        this.handlers = handlers().checked();
    }

    private HandlerTable handlers() {
        HandlerTable table = new HandlerTable()
                .onAny(PreVote.class, elections::preVote)
                .onAny(RequestVote.class, elections::requestVote)
                .onAny(AppendEntries.class, following::appendEntries)
                .onAny(Heartbeat.class, following::heartbeat)
                .onAny(TimeoutNow.class, elections::timeoutNow)
                .onAny(TimeoutNowReply.class, RaftCore::ignore)
                .on(Role.PRE_CANDIDATE, PreVoteReply.class, elections::preVoteReply)
                .on(Role.CANDIDATE, VoteReply.class, elections::voteReply)
                .on(Role.LEADER, Appended.class, (from, reply) -> leading.appendReply(leadership(), from, reply))
                .on(Role.LEADER, AppendRefused.class, (from, reply) -> leading.appendReply(leadership(), from, reply))
                .on(
                        Role.LEADER,
                        HeartbeatReply.class,
                        (from, reply) -> leading.heartbeatReply(leadership(), from, reply));
        for (Role role : List.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.CANDIDATE)) {
            table.on(role, Appended.class, RaftCore::ignore)
                    .on(role, AppendRefused.class, RaftCore::ignore)
                    .on(role, HeartbeatReply.class, RaftCore::ignore);
        }
        for (Role role : List.of(Role.FOLLOWER, Role.CANDIDATE, Role.LEADER)) {
            table.on(role, PreVoteReply.class, RaftCore::ignore);
        }
        for (Role role : List.of(Role.FOLLOWER, Role.PRE_CANDIDATE, Role.LEADER)) {
            table.on(role, VoteReply.class, RaftCore::ignore);
        }
        return table;
    }

    /**
     * Takes one input.
     *
     * @return what to do, in this order
     * @throws InvariantViolation when something happened that Raft rules out; this replica must stop
     */
    public List<Effect> step(Input input) {
        switch (input) {
            case Input.Tick tick -> tick(tick);
            case Input.Receive receive -> receive(receive.from(), receive.message());
            case Input.Propose propose -> propose(propose.proposals());
            case Input.Read read -> read(read);
            case Input.TransferLeadership transfer -> transferLeadership();
            case Input.Persisted persisted -> persisted(persisted);
            case Input.Fetched fetched -> fetched(fetched);
            case Input.SnapshotReceived received -> snapshotReceived(received);
            case Input.SnapshotEnded ended -> snapshotEnded(ended);
            case Input.Compact compact -> state.compact(compact.index());
            case Input.OutboundClosed closed -> outboundClosed(closed.peer());
            case Input.InboundClosed closed -> elections.leaderMayBeGone(closed.peer());
        }
        return state.takeEffects();
    }

    /** What this replica knows of itself after the last step. */
    public RaftStatus status() {
        return state.status();
    }

    private void tick(Input.Tick tick) {
        state.time(tick);
        if (!started) {
            started = true;
            elections.start();
            elections.beLoyal();
        }
        if (state.role() instanceof Leadership leadership && !leading.tick(leadership)) {
            elections.stepDown();
        }
        elections.tick();
    }

    /** A newer term ends whatever this replica was (paper section 5.1); a pre-vote speaks of a term nobody is in yet. */
    private void receive(NodeId from, Message message) {
        if (message instanceof RequestVote vote && elections.isLeasedAgainst(vote)) {
            elections.refuseForLease();
            return;
        }
        boolean speaksOfNobodysTerm =
                message instanceof PreVote || (message instanceof PreVoteReply reply && reply.granted());
        if (message.term() > state.term() && !speaksOfNobodysTerm) {
            elections.followNewerTerm(message.term());
        }
        handlers.handle(state.role().role(), from, message);
    }

    private void propose(List<Input.Proposal> proposals) {
        if (state.role() instanceof Leadership leadership) {
            leading.propose(leadership, proposals);
        } else {
            proposals.forEach(proposal -> state.emit(new Effect.RejectProposal(proposal.id())));
        }
    }

    private void read(Input.Read read) {
        if (state.role() instanceof Leadership leadership) {
            leading.read(leadership, read.id(), read.voucher());
        } else {
            state.emit(new Effect.RejectRead(read.id()));
        }
    }

    private void transferLeadership() {
        if (state.role() instanceof Leadership leadership) {
            leading.transfer(leadership);
        }
    }

    private void persisted(Input.Persisted persisted) {
        state.log.persisted(persisted.index(), persisted.term());
        state.applyWhatIsDurable();
        if (state.role() instanceof Leadership leadership) {
            leading.persisted(leadership);
        }
    }

    private void fetched(Input.Fetched fetched) {
        if (state.role() instanceof Leadership leadership) {
            leading.fetched(leadership, fetched);
        }
    }

    private void snapshotReceived(Input.SnapshotReceived received) {
        if (received.term() > state.term()) {
            elections.followNewerTerm(received.term());
        }
        if (!(state.role() instanceof Leadership)) {
            following.snapshotReceived(received.last());
        }
    }

    private void snapshotEnded(Input.SnapshotEnded ended) {
        if (state.role() instanceof Leadership leadership) {
            leading.snapshotEnded(leadership, ended);
        }
    }

    private void outboundClosed(NodeId peer) {
        if (state.role() instanceof Leadership leadership) {
            leading.disconnected(leadership, peer);
        }
    }

    private Leadership leadership() {
        if (state.role() instanceof Leadership leadership) {
            return leadership;
        }
        throw new InvariantViolation("this replica does not lead term " + state.term());
    }

    private static void ignore(NodeId from, Message message) {}
}
