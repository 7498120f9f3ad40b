package io.muster.raft;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of one replica's core.
 *
 * @param self this replica
 * @param voters all replicas that vote, this one among them
 * @param electionTimeoutNanos shortest time without a leader before an election; the longest is twice that
 * @param heartbeatIntervalNanos time between heartbeats; at most a third of the election timeout, so that one lost
 *     heartbeat is no election
 * @param maxAppendBytes entries in one message, in bytes
 * @param maxInflightMessages entry messages on the way to one peer
 * @param maxInflightBytes their entries, in bytes
 * @param cacheBytes durable entries kept in memory for followers, in bytes; older ones are fetched from the log
 * @param leaseReads whether a leader answers reads from its lease, without asking a majority for each: as good as the clocks
 *     and the scheduling of all replicas, and so off unless it is asked for. The same on all replicas. It rests on
 *     check-quorum (dissertation section 6.2), which is always on
 * @param diskStallNanos a replica whose oldest write to the log has waited so long neither leads nor seeks to
 */
public record RaftConfig(
        NodeId self,
        Set<NodeId> voters,
        long electionTimeoutNanos,
        long heartbeatIntervalNanos,
        int maxAppendBytes,
        int maxInflightMessages,
        int maxInflightBytes,
        long cacheBytes,
        boolean leaseReads,
        long diskStallNanos) {

    public RaftConfig {
        voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        require(voters.contains(self), "the voters " + voters + " do not contain this node, " + self);
        require(heartbeatIntervalNanos > 0, "the heartbeat interval must be positive");
        require(
                electionTimeoutNanos >= 3 * heartbeatIntervalNanos,
                "the election timeout must be at least three heartbeat intervals");
        require(maxAppendBytes > 0 && maxInflightMessages > 0, "batches and windows must be positive");
        require(maxInflightBytes >= maxAppendBytes, "the window must hold at least one batch");
        require(cacheBytes >= 0, "the cache cannot be negative");
        require(diskStallNanos > 0, "a disk needs some time to write");
    }

    /** How many voters make a majority. */
    public int majority() {
        return voters.size() / 2 + 1;
    }

    /** Whether a leader and one voter that vouches for it are a majority. */
    public boolean oneVoucherSuffices() {
        return majority() <= 2;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
