package io.muster.raft;

import static io.muster.raft.Fixtures.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** One run of a cluster through faults that one seed decides, and then its recovery. */
final class RandomSchedule {

    private static final int STEPS = 3000;
    private static final int RECOVERY_ROUNDS = 200;
    private static final int ROUND_MILLIS = 50;

    private final Random random;
    private final List<NodeId> ids;
    private final Cluster cluster;
    private final List<Envelope> strays = new ArrayList<>();
    private final int lossPercent;
    private final int doublePercent;
    private final int slowness;
    private final int hurry;
    private long nextId;

    RandomSchedule(long seed, Set<NodeId> members) {
        this.random = new Random(seed);
        this.ids = members.stream().sorted().toList();
        int maxInflight = 1 + random.nextInt(4);
        this.cluster = new Cluster(members, id -> Fixtures.config(id, members, 110, maxInflight, 200));
        this.lossPercent = random.nextInt(3) * 5;
        this.doublePercent = random.nextInt(3) * 5;
        this.slowness = 1 + random.nextInt(4);
        this.hurry = 20 + random.nextInt(200);
    }

    /** Answers what was reached, so that a test can tell a lively run from one where nothing happened. */
    Cluster run() {
        cluster.start();
        for (int i = 0; i < STEPS; i++) {
            act();
        }
        recover();
        return cluster;
    }

    private void act() {
        int dice = random.nextInt(1000);
        if (dice < 480) {
            for (int i = 0; i <= random.nextInt(4); i++) {
                deliverAny();
            }
        } else if (dice < 480 + 200 / slowness) {
            ifUp(anyId(), replica -> replica.sync(1 + random.nextInt(3)));
        } else if (dice < 780) {
            ifUp(anyId(), TestReplica::report);
        } else if (dice < 920) {
            cluster.passMillis(random.nextInt(hurry));
            ifUp(anyId(), replica -> cluster.tick(replica.id(), random.nextDouble()));
        } else if (dice < 950) {
            ifUp(leaderOrAny(), replica -> replica.step(proposals()));
        } else if (dice < 975) {
            ifUp(leaderOrAny(), replica -> cluster.read(replica.id(), ++nextId));
        } else {
            fault(dice);
        }
    }

    private void fault(int dice) {
        NodeId target = leaderOrAny();
        if (dice < 979) {
            ifUp(anyId(), replica -> disconnect(replica, target));
        } else if (dice < 981) {
            ifUp(target, replica -> replica.step(new Input.TransferLeadership()));
        } else if (dice < 983) {
            ifUp(target, TestReplica::crash);
        } else if (dice < 988) {
            ids.forEach(this::restartIfDown);
        } else if (dice < 991) {
            cluster.lose(Cluster.toOrFrom(target));
        } else if (dice < 992) {
            cluster.lose(envelope -> envelope.to().equals(target));
        } else if (dice < 998) {
            cluster.lose(envelope -> false);
        } else {
            cluster.network().addAll(strays);
            strays.clear();
        }
    }

    private NodeId leaderOrAny() {
        return cluster.replicas().stream()
                .filter(replica -> replica.leads() && random.nextBoolean())
                .map(TestReplica::id)
                .findFirst()
                .orElseGet(this::anyId);
    }

    private void disconnect(TestReplica replica, NodeId peer) {
        if (!peer.equals(replica.id())) {
            replica.step(random.nextBoolean() ? new Input.OutboundClosed(peer) : new Input.InboundClosed(peer));
        }
    }

    private NodeId anyId() {
        return ids.get(random.nextInt(ids.size()));
    }

    private void ifUp(NodeId id, Consumer<TestReplica> action) {
        TestReplica replica = cluster.replica(id);
        if (replica.isUp()) {
            action.accept(replica);
        }
    }

    private void restartIfDown(NodeId id) {
        TestReplica replica = cluster.replica(id);
        if (!replica.isUp()) {
            cluster.restart(id, random.nextLong(replica.applied() + 1));
        }
    }

    private void deliverAny() {
        List<Envelope> network = cluster.network();
        if (network.isEmpty()) {
            return;
        }
        int chosen = random.nextInt(network.size());
        Envelope envelope = random.nextInt(100) < doublePercent ? network.get(chosen) : network.remove(chosen);
        int fate = random.nextInt(100);
        if (fate < 2) {
            strays.add(envelope);
        } else if (fate >= lossPercent + 2) {
            cluster.deliver(envelope);
        }
    }

    private Input.Propose proposals() {
        List<Input.Proposal> proposals = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            proposals.add(new Input.Proposal(++nextId, bytes("command " + nextId)));
        }
        return new Input.Propose(proposals);
    }

    /** Everything works again: a leader must come, and bring all replicas to one log, committed and applied. */
    private void recover() {
        cluster.lose(envelope -> false);
        ids.forEach(this::restartIfDown);
        boolean proposed = false;
        for (int round = 0; round < RECOVERY_ROUNDS; round++) {
            cluster.passMillis(ROUND_MILLIS);
            ids.forEach(id -> cluster.tick(id, random.nextDouble()));
            cluster.settle();
            if (proposed && isWhole()) {
                return;
            }
            proposed |= proposeToLeader();
        }
        throw new AssertionError("no recovery: "
                + cluster.replicas().stream().map(TestReplica::status).toList() + ", reads "
                + cluster.reads().open());
    }

    private boolean proposeToLeader() {
        for (TestReplica replica : cluster.replicas()) {
            if (replica.leads()) {
                replica.step(proposals());
                cluster.read(replica.id(), ++nextId);
                return true;
            }
        }
        return false;
    }

    private boolean isWhole() {
        List<Entry> log = cluster.committed();
        return cluster.reads().open().isEmpty()
                && cluster.replicas().stream().anyMatch(TestReplica::leads)
                && cluster.replicas().stream()
                        .allMatch(replica -> replica.log().equals(log) && replica.applied() == log.size());
    }
}
