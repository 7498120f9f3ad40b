package io.muster.node;

import io.muster.raft.NodeId;
import io.muster.raft.RaftConfig;
import io.muster.raft.Role;
import io.muster.storage.DataDirectory;
import io.muster.storage.DurableLog;
import io.muster.storage.Identity;
import io.muster.storage.LogOptions;
import io.muster.storage.MemoryDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Three replicas with real logs on disks in memory, on the test's thread and clock. */
final class TestCluster {

    static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(1);
    static final Duration TICK = Duration.ofMillis(10);

    private static final Duration DISK_STALL = Duration.ofSeconds(2);
    static final int SEGMENT_BYTES = 1 << 18;
    static final int LOG_BUDGET_BYTES = 4 * SEGMENT_BYTES;

    private static final Duration HEARTBEAT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<NodeId> MEMBERS = Set.of(new NodeId(1), new NodeId(2), new NodeId(3));

    /** One replica and what it is made of. */
    record Node(
            NodeId id,
            Replica replica,
            MemoryDisk disk,
            ManualWorkers workers,
            RecordingStateMachine stateMachine,
            DurableLog log,
            List<Throwable> fatal,
            RecordingObserver observer) {

        boolean leads() {
            return replica.status().raft().role() == Role.LEADER;
        }
    }

    final ManualClock clock = new ManualClock();
    final LocalNetwork network = new LocalNetwork();
    final List<Node> nodes = new ArrayList<>();

    TestCluster(int maxPendingRequests) {
        for (NodeId id : new TreeSet<>(MEMBERS)) {
            Node node = node(id, maxPendingRequests);
            nodes.add(node);
            network.join(id, node.replica());
            node.replica().start();
        }
    }

    private Node node(NodeId id, int maxPendingRequests) {
        MemoryDisk disk = new MemoryDisk();
        DataDirectory directory = DataDirectory.open(disk, new Identity("test", id, new TreeSet<>(MEMBERS)), () -> 7);
        DurableLog log = directory.openLog(0, new LogOptions(SEGMENT_BYTES, 1 << 17));
        ManualWorkers workers = new ManualWorkers();
        RecordingStateMachine machine = new RecordingStateMachine();
        List<Throwable> fatal = new ArrayList<>();
        RecordingObserver observer = new RecordingObserver();
        RaftConfig raft = new RaftConfig(
                id,
                MEMBERS,
                ELECTION_TIMEOUT.toNanos(),
                HEARTBEAT.toNanos(),
                1 << 16,
                16,
                1 << 18,
                1 << 20,
                false,
                DISK_STALL.toNanos());
        ReplicaOptions options = new ReplicaOptions(
                raft,
                TICK,
                Duration.ofSeconds(4),
                Duration.ofSeconds(2),
                maxPendingRequests,
                1 << 20,
                1 << 18,
                LOG_BUDGET_BYTES,
                1 << 24);
        ReplicaParts parts = new ReplicaParts(
                directory, log, machine, machine, network.from(id), clock, workers, fatal::add, observer);
        Replica replica = new Replica(options, parts, new Random(id.value()));
        return new Node(id, replica, disk, workers, machine, log, fatal, observer);
    }

    /** Lets one tick pass, and all that follows from it. */
    void step() {
        clock.advance(TICK);
        nodes.forEach(node -> node.workers().tick(TICK));
        settle();
    }

    /** Runs all work that is due, without time passing. */
    void settle() {
        boolean any = true;
        while (any) {
            any = false;
            for (Node node : nodes) {
                any |= node.workers().runAll();
            }
        }
    }

    void until(BooleanSupplier condition) {
        for (long left = PATIENCE.dividedBy(TICK); !condition.getAsBoolean(); left--) {
            if (left == 0) {
                throw new AssertionError("not within " + PATIENCE);
            }
            step();
        }
    }

    void pass(Duration duration) {
        for (long left = duration.dividedBy(TICK); left > 0; left--) {
            step();
        }
    }

    Node leader() {
        until(() -> nodes.stream().anyMatch(Node::leads)
                && nodes.stream().allMatch(node -> node.replica().status().caughtUp()));
        return nodes.stream().filter(Node::leads).findAny().orElseThrow();
    }

    List<Node> followers() {
        Node leader = leader();
        return nodes.stream().filter(node -> !node.id().equals(leader.id())).toList();
    }
}
