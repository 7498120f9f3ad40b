package io.muster.sim;

import io.muster.raft.NodeId;
import io.muster.raft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All machines of one cluster, and whoever starts again what has ended. */
final class SimulatedCluster {

    private static final long LONGEST_REST = 2 * Simulation.SECOND;
    private static final long SUPERVISION = 100 * Simulation.MILLISECOND;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final long[] restsUntilNanos;
    private final Network network;
    private final CommittedLog committed;
    private final OneLeaderATerm leaders;
    private long starts;

    SimulatedCluster(Simulation simulation, SimulationSettings settings) {
        this.simulation = simulation;
        this.random = simulation.random("cluster");
        this.committed = new CommittedLog(simulation, replicas);
        this.leaders = new OneLeaderATerm(simulation);
        Watch watch = new Watch(
                simulation,
                List.of(
                        leaders,
                        new OneVoteATerm(simulation),
                        new PromisesAreDurable(simulation),
                        new LogMatching(simulation),
                        new LeaderAppendOnly(simulation),
                        committed,
                        new CommitsOwnTerm(simulation, committed),
                        new LeaderCompleteness(simulation, committed),
                        new NothingGoesBack(simulation),
                        new EqualStates(simulation),
                        new AppliedWithinLog(simulation),
                        new LeadersAreHeard(simulation, settings.members().size()),
                        new MessagesAreBounded(simulation, settings.maxAppendBytes())));
        this.network = new Network(simulation, settings.members().size(), watch);
        for (NodeId id : settings.members()) {
            replicas.add(new SimulatedReplica(simulation, id, settings, network, watch));
        }
        this.restsUntilNanos = new long[replicas.size() + 1];
        supervise();
    }

    List<SimulatedReplica> replicas() {
        return replicas;
    }

    List<SimulatedReplica> running() {
        return replicas.stream().filter(SimulatedReplica::isRunning).toList();
    }

    Network network() {
        return network;
    }

    CommittedLog committed() {
        return committed;
    }

    OneLeaderATerm leaders() {
        return leaders;
    }

    long elections() {
        return leaders.elections();
    }

    /** A replica that leads, the one of the latest term; null for none. */
    @Nullable
    SimulatedReplica leader() {
        SimulatedReplica found = null;
        for (SimulatedReplica replica : replicas) {
            if (replica.isRunning()
                    && replica.status().raft().role() == Role.LEADER
                    && (found == null
                            || found.status().raft().term()
                                    < replica.status().raft().term())) {
                found = replica;
            }
        }
        return found;
    }

    private void supervise() {
        for (SimulatedReplica replica : replicas) {
            int id = replica.id().value();
            if (replica.isRunning()) {
                restsUntilNanos[id] = 0;
            } else if (!replica.hasRefused()) {
                superviseEnded(replica, id);
            }
        }
        simulation.after(SUPERVISION, this::supervise);
    }

    private void superviseEnded(SimulatedReplica replica, int id) {
        if (restsUntilNanos[id] == 0 && simulation.nowNanos() > 0) {
            restsUntilNanos[id] = simulation.nowNanos() + random.nextLong(LONGEST_REST);
        } else if (simulation.nowNanos() >= restsUntilNanos[id]) {
            restsUntilNanos[id] = 0;
            start(replica);
        }
    }

    /** How many processes have been started. */
    long starts() {
        return starts;
    }

    /** Whether all that can run have applied all there is. */
    boolean isSettled() {
        SimulatedReplica leader = leader();
        if (leader == null) {
            return false;
        }
        long last = leader.status().raft().lastIndex();
        return replicas.stream()
                .filter(replica -> !replica.hasRefused())
                .allMatch(replica -> replica.isRunning() && replica.status().appliedIndex() == last);
    }

    private void start(SimulatedReplica replica) {
        starts++;
        replica.start();
    }

    boolean isAnyStopping() {
        return replicas.stream().anyMatch(SimulatedReplica::isStopping);
    }

    /** Leaves a replica that has ended as it is for so long. */
    void rest(SimulatedReplica replica, long nanos) {
        restsUntilNanos[replica.id().value()] = simulation.nowNanos() + nanos;
    }

    /** Starts everything that can start, at once. */
    void startAll() {
        replicas.stream()
                .filter(replica -> !replica.isRunning() && !replica.hasRefused())
                .forEach(this::start);
    }
}
