package io.muster.sim;

import io.muster.sim.DiskConditions.Failing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How each {@link Fault} begins and ends. */
final class Faults {

    private static final long LONGEST_JUMP = 30L * 3_600_000;
    private static final long LONGEST_ABSENCE = 20 * Simulation.SECOND;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final Clients clients;
    private final NetworkFaults network;
    private final NewLeaders newLeaders;
    private final RandomGenerator random;
    private final double largestDrift;
    private final DiskDamage damage;

    Faults(Simulation simulation, SimulatedCluster cluster, Clients clients, SimulationSettings settings) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.clients = clients;
        this.random = simulation.random("faults");
        this.largestDrift = settings.largestDrift();
        this.network = new NetworkFaults(simulation, cluster, random);
        this.newLeaders = new NewLeaders(simulation, cluster, network, random);
        this.damage = new DiskDamage(random);
    }

    /** Begins a fault; answers how it ends, null where it found nobody to hit. */
    @Nullable
    Runnable begin(Fault fault) {
        simulation.say(() -> "fault " + fault);
        return switch (fault) {
            case KILL -> once(anyRunning(), replica -> replica.crash(false));
            case KILL_LEADER -> once(cluster.leader(), replica -> replica.crash(false));
            case POWER_LOSS -> once(anyRunning(), replica -> replica.crash(true));
            case POWER_LOSS_OF_LEADER -> once(cluster.leader(), replica -> replica.crash(true));
            case POWER_LOSS_OF_ALL -> all(cluster.running(), true);
            case KILL_MAJORITY -> all(majority(), false);
            case LONG_ABSENCE -> once(anyRunning(), this::leave);
            case KILL_INSTALLING -> killInstalling();
            case RESTART -> once(anyRunning(), SimulatedReplica::stop);
            case PAUSE -> pause(anyRunning());
            case PAUSE_LEADER -> pause(cluster.leader());
            case DEPOSE_UNHEARD -> deposeUnheard();
            case CUT_ONE_WAY,
                    PARTITION,
                    BRIDGE,
                    RING,
                    ISOLATE_LEADER,
                    ISOLATE_FOLLOWER,
                    DEAFEN_LEADER,
                    SILENCE_LEADER,
                    LOSS,
                    DUPLICATION,
                    LATENESS,
                    SLOW_WAY,
                    BREAK_STREAMS -> network.begin(fault);
            case KILL_NEW_LEADERS, CONFINE_NEW_LEADERS -> newLeaders.waitFor(fault);
            case SLOW_DISK -> during(any(), disk -> disk.slow(10L << random.nextInt(6)), disk -> disk.slow(1));
            case STALLED_DISK -> during(any(), disk -> disk.stall(true), disk -> disk.stall(false));
            case STALLED_DISK_OF_LEADER ->
                during(cluster.leader(), disk -> disk.stall(true), disk -> disk.stall(false));
            case FAILING_WRITES -> failing(Failing.WRITES);
            case FAILING_SYNCS -> failing(Failing.SYNCS);
            case FAILING_READS -> failing(Failing.READS);
            case FULL_DISK -> failing(Failing.SPACE);
            case BIT_ROT -> damage(damage::rotsBit);
            case MISDIRECTED_WRITE -> damage(damage::misdirects);
            case LOST_WRITE -> damage(damage::loses);
            case DRIFTING_CLOCK -> drift(any());
            case WALL_JUMP ->
                once(any(), replica -> replica.clock().jumpWall(random.nextLong(-LONGEST_JUMP, LONGEST_JUMP)));
            case FLUSH_STATE -> once(anyRunning(), replica -> replica.store().flush());
            case SLOW_APPLY -> slowApply(any());
            case HURRYING_CLIENTS -> hurry();
        };
    }

    /** Ends everything that lasts. */
    void endAll() {
        newLeaders.stop();
        network.endAll();
        for (SimulatedReplica replica : cluster.replicas()) {
            replica.disk().conditions().heal();
            replica.clock().runAt(1);
            replica.slowApply(1);
            replica.dieInstalling(false);
            if (replica.isRunning()) {
                replica.process().resume();
            }
        }
    }

    private SimulatedReplica any() {
        List<SimulatedReplica> all = cluster.replicas();
        return all.get(random.nextInt(all.size()));
    }

    private @Nullable SimulatedReplica anyRunning() {
        List<SimulatedReplica> running = cluster.running();
        return running.isEmpty() ? null : running.get(random.nextInt(running.size()));
    }

    private List<SimulatedReplica> majority() {
        List<SimulatedReplica> chosen = new ArrayList<>(cluster.running());
        while (chosen.size() > cluster.replicas().size() / 2 + 1) {
            chosen.remove(random.nextInt(chosen.size()));
        }
        return chosen;
    }

    private static @Nullable Runnable once(@Nullable SimulatedReplica at, Consumer<SimulatedReplica> action) {
        if (at == null) {
            return null;
        }
        action.accept(at);
        return () -> {};
    }

    private static @Nullable Runnable all(List<SimulatedReplica> replicas, boolean powerLoss) {
        replicas.forEach(replica -> replica.crash(powerLoss));
        return replicas.isEmpty() ? null : () -> {};
    }

    private void leave(SimulatedReplica replica) {
        replica.crash(random.nextBoolean());
        cluster.rest(replica, LONGEST_ABSENCE / 4 + random.nextLong(LONGEST_ABSENCE / 2));
    }

    /** Snapshots are rare, so it waits until the next, however late it comes. */
    private Runnable killInstalling() {
        cluster.replicas().forEach(replica -> replica.dieInstalling(true));
        return () -> {};
    }

    private static @Nullable Runnable pause(@Nullable SimulatedReplica at) {
        if (at == null || at.process().paused()) {
            return null;
        }
        Incarnation process = at.process();
        process.pause();
        return process::resume;
    }

    private static @Nullable Runnable during(
            @Nullable SimulatedReplica at, Consumer<DiskConditions> begin, Consumer<DiskConditions> end) {
        if (at == null) {
            return null;
        }
        DiskConditions conditions = at.disk().conditions();
        begin.accept(conditions);
        return () -> end.accept(conditions);
    }

    private @Nullable Runnable failing(Failing what) {
        return during(any(), disk -> disk.fail(what), disk -> disk.fail(Failing.NOTHING));
    }

    /** On a minority only: a majority that has lost what it had cannot be helped by Raft. */
    private @Nullable Runnable damage(Predicate<SimulatedDisk> does) {
        long hit =
                cluster.replicas().stream().filter(SimulatedReplica::isDamaged).count();
        SimulatedReplica at = any();
        boolean allowed = at.isDamaged() || hit < (cluster.replicas().size() - 1) / 2;
        if (!allowed || at.hasRefused()) {
            return null;
        }
        at.damaged();
        return does.test(at.disk()) ? () -> {} : null;
    }

    private @Nullable Runnable deposeUnheard() {
        SimulatedReplica leader = cluster.leader();
        if (leader == null) {
            return null;
        }
        leader.handOver();
        return network.deafen(leader.id());
    }

    private Runnable drift(SimulatedReplica at) {
        at.clock().runAt(1 + random.nextDouble(-largestDrift, largestDrift));
        return () -> at.clock().runAt(1);
    }

    private Runnable slowApply(SimulatedReplica at) {
        at.slowApply(10 << random.nextInt(6));
        return () -> at.slowApply(1);
    }

    private Runnable hurry() {
        long times = 4L << random.nextInt(4);
        clients.hurry(times);
        return () -> clients.calmDown(times);
    }
}
