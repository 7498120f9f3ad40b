package io.muster.ops;

import io.muster.node.Replica;
import io.muster.node.ReplicaStatus;
import io.muster.raft.NodeId;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health component {@code raft}: UP while this replica knows a leader and has caught up since its start. A failed disk
 * needs no status: it ends the process. Thread-safe.
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
        Health.Builder health = leader != null && status.caughtUp() ? Health.up() : Health.down();
        health.withDetail("nodeId", status.raft().self().value())
                .withDetail("role", status.raft().role().name())
                .withDetail("term", status.raft().term())
                .withDetail("commitIndex", status.raft().commitIndex())
                .withDetail("appliedIndex", status.appliedIndex())
                .withDetail("lastIndex", status.raft().lastIndex());
        if (leader == null) {
            health.withDetail("reason", "no leader is known");
        } else {
            health.withDetail("leaderId", leader.value());
            if (!status.caughtUp()) {
                health.withDetail("reason", "this replica has not caught up since its start");
            }
        }
        return health.build();
    }
}
