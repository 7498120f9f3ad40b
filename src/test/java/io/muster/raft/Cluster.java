package io.muster.raft;

import static io.muster.raft.Fixtures.ELECTION_TIMEOUT_MILLIS;
import static io.muster.raft.Fixtures.MILLI;
import static io.muster.raft.Fixtures.WALL_MILLIS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Several real cores, their disks, and the network between them, moved by hand: nothing happens by itself. */
final class Cluster {

    private static final int SETTLING_LIMIT = 1000;

    private static final double ALMOST_TWICE = 0.9999;

    private final SortedMap<NodeId, TestReplica> replicas = new TreeMap<>();
    private final List<Envelope> network = new ArrayList<>();
    private final List<Envelope> delivered = new ArrayList<>();
    private final LogInvariants logs;
    private final ReadInvariants reads;
    private Predicate<Envelope> lost = envelope -> false;
    private long nowMillis = 1 + ELECTION_TIMEOUT_MILLIS;

    Cluster(Set<NodeId> members, Function<NodeId, RaftConfig> config) {
        this.logs = new LogInvariants(replicas.values());
        this.reads = new ReadInvariants(logs);
        List<Watcher> watchers = List.of(logs, reads, new TermInvariants(), new PromiseInvariants());
        members.forEach(id -> replicas.put(id, new TestReplica(config.apply(id), watchers, network)));
    }

    static Cluster of(Set<NodeId> members) {
        return new Cluster(members, id -> Fixtures.config(id, members));
    }

    /** Gives a replica a past, before it starts. */
    Cluster with(NodeId id, long term, long... terms) {
        replica(id).disk().preset(term, Fixtures.entries(terms));
        return this;
    }

    Cluster start() {
        replicas.keySet().forEach(id -> start(id, 0));
        return this;
    }

    TestReplica replica(NodeId id) {
        TestReplica replica = replicas.get(id);
        if (replica == null) {
            throw new AssertionError("no node " + id);
        }
        return replica;
    }

    Collection<TestReplica> replicas() {
        return replicas.values();
    }

    List<Envelope> network() {
        return network;
    }

    /** Every message that has arrived. */
    List<Envelope> delivered() {
        return delivered;
    }

    /** What any replica has known to be committed. */
    List<Entry> committed() {
        return logs.committed();
    }

    ReadInvariants reads() {
        return reads;
    }

    RaftStatus status(NodeId id) {
        return replica(id).status();
    }

    List<Long> terms(NodeId id) {
        return Fixtures.terms(replica(id).log());
    }

    private Input.Tick now(double jitter) {
        return new Input.Tick(nowMillis * MILLI, WALL_MILLIS, jitter);
    }

    void passMillis(long millis) {
        nowMillis += millis;
    }

    void tick(NodeId id, double jitter) {
        replica(id).step(now(jitter));
    }

    void crash(NodeId id) {
        replica(id).crash();
    }

    /** Starts a replica again whose state machine has kept all that it applied. */
    void restart(NodeId id) {
        restart(id, replica(id).applied());
    }

    void restart(NodeId id, long keptApplied) {
        start(id, keptApplied);
    }

    /** As if it had been up for an election timeout, so that it is loyal to nobody any more. */
    private void start(NodeId id, long keptApplied) {
        long startedMillis = nowMillis - ELECTION_TIMEOUT_MILLIS;
        replica(id).start(keptApplied, new Input.Tick(startedMillis * MILLI, WALL_MILLIS, ALMOST_TWICE));
        tick(id, 0);
    }

    void read(NodeId id, long read) {
        reads.issued(id, read);
        replica(id).step(new Input.Read(read, null));
    }

    /** From now on loses messages of this kind, and no others. */
    void lose(Predicate<Envelope> kind) {
        lost = kind;
    }

    /** The streams of entries from this leader close: what was lost on them is lost for good, and it knows. */
    void closeStreams(NodeId leader) {
        for (NodeId peer : replicas.keySet()) {
            if (!peer.equals(leader)) {
                replica(leader).step(new Input.OutboundClosed(peer));
            }
        }
    }

    static Predicate<Envelope> toOrFrom(NodeId... cutOff) {
        Set<NodeId> ids = Set.of(cutOff);
        return envelope -> ids.contains(envelope.from()) != ids.contains(envelope.to());
    }

    /** A message arrives, unless it is lost or its receiver is down. */
    void deliver(Envelope envelope) {
        TestReplica receiver = replica(envelope.to());
        if (receiver.isUp() && !lost.test(envelope)) {
            delivered.add(envelope);
            receiver.step(new Input.Receive(envelope.from(), envelope.message()));
        }
    }

    /** Lets disks and network work until nothing is left to do; no time passes. */
    void settle() {
        for (int i = 0; i < SETTLING_LIMIT; i++) {
            boolean busy = !network.isEmpty();
            List<Envelope> arriving = List.copyOf(network);
            network.clear();
            arriving.forEach(this::deliver);
            for (TestReplica replica : replicas.values()) {
                if (replica.isUp()) {
                    busy |= replica.disk().hasUnsynced();
                    replica.sync(Integer.MAX_VALUE);
                    busy |= replica.report();
                }
            }
            if (!busy) {
                return;
            }
        }
        throw new AssertionError("the cluster is never at rest");
    }

    /** Time passes for this replica alone, and no other hears of a leader any more: does it come to lead? */
    boolean elect(NodeId id) {
        for (int attempt = 0; attempt < 4 && !replica(id).leads(); attempt++) {
            for (TestReplica replica : replicas.values()) {
                if (replica.isUp()) {
                    loseLeader(replica);
                }
            }
            passMillis(2 * ELECTION_TIMEOUT_MILLIS);
            tick(id, 0);
            settle();
        }
        return replica(id).leads();
    }

    private static void loseLeader(TestReplica replica) {
        NodeId leader = replica.status().leader();
        if (leader != null && !leader.equals(replica.id())) {
            replica.step(new Input.InboundClosed(leader));
        }
    }

    /** A heartbeat of this leader, and all that comes of it. */
    void heartbeat(NodeId leader) {
        passMillis(Fixtures.HEARTBEAT_MILLIS);
        tick(leader, 0);
        settle();
    }

    void propose(NodeId leader, long id, String text) {
        replica(leader).step(Fixtures.propose(id, text));
    }
}
