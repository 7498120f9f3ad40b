package io.muster.sim;

import io.muster.node.ReplicaOptions;
import io.muster.raft.NodeId;
import io.muster.raft.RaftConfig;
import io.muster.storage.Identity;
import io.muster.storage.LogOptions;
import io.muster.users.UserStateMachine;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What differs from seed to seed before anything happens. Sizes are far below those of production, so that windows fill,
 * batches split and segments roll.
 *
 * @param members 3 or 5 replicas
 * @param maxAppendBytes entries in one message
 * @param maxInflightMessages the window of messages
 * @param cacheBytes entries kept in memory
 * @param maxApplyBytes entries applied together
 * @param logOptions sizes on disk
 * @param chunkBytes what of a part of a snapshot arrives at most
 * @param logBudgetBytes what the log may take on disk; much in some seeds, so that it is never cut
 * @param clients how many work at a time
 * @param thinkNanos the longest time between two of a client's operations
 * @param faultGapNanos the longest time between two faults
 * @param leaseReads whether leaders answer reads from leases
 * @param requestLifetime how long idempotency records are kept, by the log's time, which runs at most twice as fast
 */
record SimulationSettings(
        SortedSet<NodeId> members,
        int maxAppendBytes,
        int maxInflightMessages,
        long cacheBytes,
        int maxApplyBytes,
        LogOptions logOptions,
        int chunkBytes,
        long logBudgetBytes,
        int clients,
        long thinkNanos,
        long faultGapNanos,
        boolean leaseReads,
        Duration requestLifetime) {

    static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(1);
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
    static final Duration LEADER_WAIT = Duration.ofMillis(2_500);

    /** More than twice as long as a client tries with one key. */
    private static final Duration SHORT_REQUEST_LIFETIME = Duration.ofSeconds(70);

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(150);
    private static final Duration DISK_STALL_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TICK_INTERVAL = Duration.ofMillis(20);
    private static final long SNAPSHOT_BYTES_PER_SECOND = 1 << 20;
    /** A hundred of them are a snapshot: with less, one takes longer than the bound on recovery, which is on elections. */
    private static final int SMALLEST_CHUNK_BYTES = 1024;

    private static final int MAX_PENDING_REQUESTS = 64;
    private static final long MAX_PENDING_BYTES = 1 << 20;

    static SimulationSettings draw(RandomGenerator random) {
        SortedSet<NodeId> members = new TreeSet<>();
        int replicas = random.nextInt(3) == 0 ? 5 : 3;
        for (int id = 1; id <= replicas; id++) {
            members.add(new NodeId(id));
        }
        int frame = 2048 << random.nextInt(3);
        int segment = frame * (2 + random.nextInt(8));
        return new SimulationSettings(
                members,
                512 << random.nextInt(4),
                1 + random.nextInt(8),
                random.nextInt(3) == 0 ? 0 : 2048L << random.nextInt(4),
                256 << random.nextInt(5),
                new LogOptions(segment, frame),
                SMALLEST_CHUNK_BYTES << random.nextInt(6),
                random.nextInt(4) == 0 ? Long.MAX_VALUE : segment * (1L + random.nextInt(4)),
                2 + random.nextInt(6),
                (100L << random.nextInt(5)) * Simulation.MILLISECOND,
                (1000L << random.nextInt(2)) * Simulation.MILLISECOND,
                random.nextInt(4) == 0,
                random.nextBoolean() ? SHORT_REQUEST_LIFETIME : UserStateMachine.REQUEST_LIFETIME);
    }

    /** How far clocks run from each other, as a part: a lease leaves a tenth for that. */
    double largestDrift() {
        return leaseReads ? 0.045 : 0.08;
    }

    Identity identity(NodeId id) {
        return new Identity("simulated", id, members);
    }

    ReplicaOptions options(NodeId id) {
        RaftConfig raft = new RaftConfig(
                id,
                members,
                ELECTION_TIMEOUT.toNanos(),
                HEARTBEAT_INTERVAL.toNanos(),
                maxAppendBytes,
                maxInflightMessages,
                4 * maxAppendBytes,
                cacheBytes,
                leaseReads,
                DISK_STALL_TIMEOUT.toNanos());
        return new ReplicaOptions(
                raft,
                TICK_INTERVAL,
                REQUEST_TIMEOUT,
                LEADER_WAIT,
                MAX_PENDING_REQUESTS,
                MAX_PENDING_BYTES,
                maxApplyBytes,
                logBudgetBytes,
                SNAPSHOT_BYTES_PER_SECOND);
    }
}
