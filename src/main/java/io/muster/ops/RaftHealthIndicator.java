package io.muster.ops;

import io.muster.node.Replica;
import io.muster.node.ReplicaStatus;
import io.muster.raft.NodeId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health component {@code raft}: UP while this replica knows a leader, has caught up since its start, has what the others
 * have, and its disk writes. A failed disk needs no status: it ends the process. Thread-safe.
 */
public final class RaftHealthIndicator implements HealthIndicator {

    private final Replica replica;

    public RaftHealthIndicator(Replica replica) {
        this.replica = replica;
    }

    @Override
    public Health health() {
        ReplicaStatus status = replica.status();
        NodeId leader = status.raft().leader();
        String reason = reasonOfDown(status);
        Health.Builder health = reason == null ? Health.up() : Health.down().withDetail("reason", reason);
        health.withDetail("nodeId", status.raft().self().value())
                .withDetail("role", status.raft().role().name())
                .withDetail("term", status.raft().term())
                .withDetail("commitIndex", status.raft().commitIndex())
                .withDetail("appliedIndex", status.appliedIndex())
                .withDetail("lastIndex", status.raft().lastIndex());
        if (leader != null) {
            health.withDetail("leaderId", leader.value());
        }
        return health.build();
    }

    private static @Nullable String reasonOfDown(ReplicaStatus status) {
        if (status.raft().diskStalls()) {
            return "the disk has not finished a write for too long";
        }
        if (status.stateDiffers()) {
            return "the state is not what the other replicas have; see the log";
        }
        if (status.raft().leader() == null) {
            return "no leader is known";
        }
        return status.caughtUp() ? null : "this replica has not caught up since its start";
    }
}
