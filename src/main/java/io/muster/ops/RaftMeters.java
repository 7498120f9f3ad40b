package io.muster.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.muster.node.Replica;
import io.muster.node.ReplicaStatus;
import io.muster.raft.Role;
import io.muster.storage.DurableLog;
import java.util.function.ToDoubleFunction;

/** The meters {@code raft.*}. Thread-safe. */
public final class RaftMeters implements MeterBinder {

    private final Replica replica;
    private final DurableLog log;

    /** @param log the replica's */
    public RaftMeters(Replica replica, DurableLog log) {
        this.replica = replica;
        this.log = log;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "raft.term", "current term", status -> status.raft().term());
        gauge(
                registry,
                "raft.commit.index",
                "last committed entry",
                status -> status.raft().commitIndex());
        gauge(registry, "raft.applied.index", "last applied entry", ReplicaStatus::appliedIndex);
        gauge(
                registry,
                "raft.durable.index",
                "last entry durable here",
                status -> status.raft().durableIndex());
        gauge(
                registry,
                "raft.last.index",
                "last entry of the log",
                status -> status.raft().lastIndex());
        gauge(
                registry,
                "raft.leader.known",
                "1 while a leader is known",
                status -> status.raft().leader() == null ? 0 : 1);
        gauge(
                registry,
                "raft.disk.stalls",
                "1 while a write to the log has waited for too long",
                status -> status.raft().diskStalls() ? 1 : 0);
        gauge(
                registry,
                "raft.state.differs",
                "1 while the state is not what the other replicas have behind the same entry",
                status -> status.stateDiffers() ? 1 : 0);
        Gauge.builder("raft.log.start.index", log, source -> source.start().index())
                .description("last entry that the log no longer holds")
                .register(registry);
        Gauge.builder("raft.log.size", log, DurableLog::bytes)
                .description("room that the log takes on disk")
                .baseUnit("bytes")
                .register(registry);
        for (Role role : Role.values()) {
            Gauge.builder("raft.role", replica, source -> source.status().raft().role() == role ? 1 : 0)
                    .description("1 for the role this replica is in")
                    .tag("role", role.name())
                    .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<ReplicaStatus> value) {
        Gauge.builder(name, replica, source -> value.applyAsDouble(source.status()))
                .description(what)
                .register(registry);
    }
}
