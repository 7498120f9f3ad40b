package io.muster.raft;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a leader keeps for its term (paper figure 2, volatile state on leaders). */
final class Leadership implements RoleState {

    private final NodeId self;
    private final long firstIndexOfTerm;
    private final LeaderClock clock;
    private final Map<NodeId, Progress> progress = new TreeMap<>();
    private final Map<NodeId, Long> confirmedRound = new TreeMap<>();
    private final ReadQueue reads = new ReadQueue();
    private final Lease lease;
    private @Nullable Transfer transfer;
    private long heartbeatAtNanos;

    /** @param firstIndexOfTerm where the no-op of this term stands */
    Leadership(RaftConfig config, long firstIndexOfTerm, LeaderClock clock, long nowNanos) {
        this.self = config.self();
        this.lease = new Lease(config.electionTimeoutNanos());
        this.firstIndexOfTerm = firstIndexOfTerm;
        this.clock = clock;
        for (NodeId peer : config.voters()) {
            if (!peer.equals(self)) {
                progress.put(peer, new Progress(config, firstIndexOfTerm, nowNanos));
                confirmedRound.put(peer, 0L);
            }
        }
    }

    @Override
    public Role role() {
        return Role.LEADER;
    }

    @Override
    public NodeId leader() {
        return self;
    }

    long firstIndexOfTerm() {
        return firstIndexOfTerm;
    }

    LeaderClock clock() {
        return clock;
    }

    /** The followers, in the order of their ids. */
    Map<NodeId, Progress> progress() {
        return progress;
    }

    Progress progressOf(NodeId peer) {
        Progress found = progress.get(peer);
        if (found == null) {
            throw new InvariantViolation("node " + peer + " is no member");
        }
        return found;
    }

    Lease lease() {
        return lease;
    }

    ReadQueue reads() {
        return reads;
    }

    /** The hand-over under way, null for none. */
    @Nullable
    Transfer transfer() {
        return transfer;
    }

    void transfer(@Nullable Transfer next) {
        transfer = next;
    }

    void confirmed(NodeId peer, long round) {
        confirmedRound.merge(peer, round, Math::max);
    }

    /** The newest round that this replica and enough followers to make a majority have answered. */
    long roundOf(int majority) {
        return Quorum.reachedBy(majority, reads.round(), confirmedRound.values());
    }

    long heartbeatAtNanos() {
        return heartbeatAtNanos;
    }

    void heartbeatAt(long nanos) {
        heartbeatAtNanos = nanos;
    }
}
