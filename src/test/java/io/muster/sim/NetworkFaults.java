package io.muster.sim;

import io.muster.raft.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The faults of the network. A cut takes the place of one before, so that one mend heals all. */
final class NetworkFaults {

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final NetworkConditions conditions;
    private final RandomGenerator random;

    NetworkFaults(Simulation simulation, SimulatedCluster cluster, RandomGenerator random) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.conditions = cluster.network().conditions();
        this.random = random;
    }

    @Nullable
    Runnable begin(Fault fault) {
        return switch (fault) {
            case CUT_ONE_WAY -> {
                List<NodeId> two = shuffled();
                yield cut(two.get(0), two.get(1));
            }
            case PARTITION -> partition();
            case BRIDGE -> bridge();
            case RING -> ring();
            case ISOLATE_LEADER -> cutOff(leader(), true, true);
            case ISOLATE_FOLLOWER -> cutOff(follower(), true, true);
            case DEAFEN_LEADER -> cutOff(leader(), false, true);
            case SILENCE_LEADER -> cutOff(leader(), true, false);
            case LOSS -> {
                conditions.lose(0.02 + random.nextDouble() * 0.3);
                yield () -> conditions.lose(0);
            }
            case DUPLICATION -> {
                conditions.duplicate(0.05 + random.nextDouble() * 0.4);
                yield () -> conditions.duplicate(0);
            }
            case LATENESS -> {
                conditions.delaySome((20L << random.nextInt(7)) * Simulation.MILLISECOND);
                yield () -> conditions.delaySome(0);
            }
            case SLOW_WAY -> slowWay();
            case BREAK_STREAMS -> {
                cluster.network().breakStreams();
                yield () -> {};
            }
            default -> throw new IllegalArgumentException(fault + " is no fault of the network");
        };
    }

    void endAll() {
        conditions.heal();
        cluster.network().mended();
    }

    private List<NodeId> shuffled() {
        List<NodeId> left = ids();
        List<NodeId> order = new ArrayList<>();
        while (!left.isEmpty()) {
            order.add(left.remove(random.nextInt(left.size())));
        }
        return order;
    }

    private List<NodeId> ids() {
        return new ArrayList<>(
                cluster.replicas().stream().map(SimulatedReplica::id).toList());
    }

    private @Nullable NodeId leader() {
        SimulatedReplica leader = cluster.leader();
        return leader == null ? null : leader.id();
    }

    private @Nullable NodeId follower() {
        NodeId leader = leader();
        return shuffled().stream().filter(id -> !id.equals(leader)).findFirst().orElse(null);
    }

    private Runnable cut(NodeId from, NodeId to) {
        conditions.cut(from, to, simulation.nowNanos());
        return () -> {
            conditions.mend(from, to);
            cluster.network().mended();
        };
    }

    private static Runnable together(List<Runnable> ends) {
        return () -> ends.forEach(Runnable::run);
    }

    private Runnable partition() {
        List<NodeId> order = shuffled();
        int size = 1 + random.nextInt(order.size() - 1);
        return separate(order.subList(0, size), order.subList(size, order.size()));
    }

    private Runnable separate(List<NodeId> one, List<NodeId> other) {
        List<Runnable> ends = new ArrayList<>();
        for (NodeId here : one) {
            for (NodeId there : other) {
                ends.add(cut(here, there));
                ends.add(cut(there, here));
            }
        }
        return together(ends);
    }

    private Runnable bridge() {
        List<NodeId> order = shuffled();
        int half = (order.size() - 1) / 2;
        return separate(order.subList(1, 1 + half), order.subList(1 + half, order.size()));
    }

    /** In a circle, each hears its neighbours only. */
    private Runnable ring() {
        List<NodeId> order = shuffled();
        List<Runnable> ends = new ArrayList<>();
        for (int one = 0; one < order.size(); one++) {
            for (int other = 0; other < order.size(); other++) {
                int apart = Math.floorMod(one - other, order.size());
                boolean heard = apart <= 1 || (order.size() > 3 && apart == order.size() - 1);
                if (!heard) {
                    ends.add(cut(order.get(one), order.get(other)));
                }
            }
        }
        return together(ends);
    }

    private @Nullable Runnable cutOff(@Nullable NodeId one, boolean outgoing, boolean incoming) {
        if (one == null) {
            return null;
        }
        List<Runnable> ends = new ArrayList<>();
        for (NodeId other : ids()) {
            if (!other.equals(one) && outgoing) {
                ends.add(cut(one, other));
            }
            if (!other.equals(one) && incoming) {
                ends.add(cut(other, one));
            }
        }
        return together(ends);
    }

    /** What is sent to it does not arrive, or comes late. */
    Runnable deafen(NodeId one) {
        if (random.nextBoolean()) {
            return Objects.requireNonNull(cutOff(one, false, true));
        }
        List<Runnable> ends = new ArrayList<>();
        for (NodeId other : ids()) {
            if (!other.equals(one)) {
                ends.add(delay(other, one));
            }
        }
        return together(ends);
    }

    /** Leaves a replica one peer that it can talk to. */
    Runnable confine(NodeId one) {
        List<NodeId> others = shuffled();
        others.remove(one);
        return separate(List.of(one), others.subList(1, others.size()));
    }

    private Runnable slowWay() {
        List<NodeId> two = shuffled();
        return delay(two.get(0), two.get(1));
    }

    private Runnable delay(NodeId from, NodeId to) {
        conditions.delay(from, to, (10L << random.nextInt(7)) * Simulation.MILLISECOND);
        return () -> conditions.delay(from, to, 0);
    }
}
