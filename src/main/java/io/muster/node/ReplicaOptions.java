package io.muster.node;

import io.muster.raft.RaftConfig;
import java.time.Duration;

/**
 * Settings of one replica.
 *
 * @param tickInterval time between two looks at the clock
 * @param requestTimeout how long a write or a read may take before its caller hears of it
 * @param leaderWait how long a write or a read waits for a leader; at most {@code requestTimeout}
 * @param maxPendingRequests how many requests of this replica's own users may be under way; likewise how many writes, and
 *     how many reads, it serves for any replica's users
 * @param maxPendingBytes commands of the writes among them, in bytes
 * @param maxApplyBytes entries applied as one batch, in bytes
 * @param logBudgetBytes what the log may take on disk before it is cut, in bytes
 * @param snapshotBytesPerSecond how fast a snapshot is sent to one follower, in bytes a second
 */
public record ReplicaOptions(
        RaftConfig raft,
        Duration tickInterval,
        Duration requestTimeout,
        Duration leaderWait,
        int maxPendingRequests,
        long maxPendingBytes,
        int maxApplyBytes,
        long logBudgetBytes,
        long snapshotBytesPerSecond) {

    public ReplicaOptions {
        if (leaderWait.compareTo(requestTimeout) > 0) {
            throw new IllegalArgumentException("the wait for a leader cannot be longer than the request");
        }
        if (maxPendingRequests < 1 || maxPendingBytes < Consensus.MAX_COMMAND_BYTES || maxApplyBytes < 1) {
            throw new IllegalArgumentException("queues must hold at least one command");
        }
        if (logBudgetBytes < 1 || snapshotBytesPerSecond < 1) {
            throw new IllegalArgumentException("the log needs some room, and a snapshot some pace");
        }
    }
}
