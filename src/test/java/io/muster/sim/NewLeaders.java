package io.muster.sim;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Waits for replicas that become leader, and hits them within moments: what they have just begun is then on some replicas
 * only, as in figure 8 of the paper.
 */
final class NewLeaders {

    private static final long SHORTEST_MOMENT = 2 * Simulation.MILLISECOND;
    private static final int MOMENTS = 10;

    private final Simulation simulation;
    private final NetworkFaults network;
    private final RandomGenerator random;
    private @Nullable Fault waiting;

    NewLeaders(Simulation simulation, SimulatedCluster cluster, NetworkFaults network, RandomGenerator random) {
        this.simulation = simulation;
        this.network = network;
        this.random = random;
        cluster.leaders().tell(this::elected);
    }

    /** Hits every new leader until the end of this fault. */
    Runnable waitFor(Fault fault) {
        waiting = fault;
        return this::stop;
    }

    void stop() {
        waiting = null;
    }

    private void elected(SimulatedReplica leader) {
        Fault fault = waiting;
        if (fault != null) {
            Incarnation process = leader.process();
            simulation.after(moment(), () -> {
                if (process.alive() && waiting == fault) {
                    hit(leader, fault);
                }
            });
        }
    }

    private void hit(SimulatedReplica leader, Fault fault) {
        if (fault == Fault.KILL_NEW_LEADERS) {
            leader.crash(random.nextBoolean());
        } else {
            Runnable mend = network.confine(leader.id());
            simulation.after(moment() + moment(), mend);
        }
    }

    /** From milliseconds to seconds, all lengths alike. */
    private long moment() {
        return random.nextLong(SHORTEST_MOMENT << random.nextInt(MOMENTS));
    }
}
