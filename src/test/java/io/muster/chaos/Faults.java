package io.muster.chaos;

import java.util.List;

/** Makes faults out of plans. */
final class Faults {

    private static final int MIN_DELAY_MILLIS = 20;
    private static final int DELAY_SPREAD_MILLIS = 600;
    private static final int MIN_BYTES_PER_SECOND = 1_000;
    private static final int BYTES_PER_SECOND_SPREAD = 20_000;
    private static final int MIN_STALL_MILLIS = 100;
    private static final int STALL_SPREAD_MILLIS = 4_000;

    /** Minutes, and more than a day: longer than what keys of requests are kept for. */
    private static final List<Integer> JUMPS_SECONDS = List.of(-600, 600, -100_000, 100_000, 5, -5);

    private Faults() {}

    /** @param target the replica it hits */
    static Fault of(PlannedFault plan, int target, Cluster cluster) {
        int variant = plan.variant();
        Network network = cluster.network();
        int other = variant % 2 == 0 ? after(target) : after(after(target));
        return switch (plan.kind()) {
            case KILL, AWAY -> new KillFault(cluster, List.of(target));
            case KILL_TWO -> new KillFault(cluster, List.of(target, other));
            case KILL_ALL -> new KillFault(cluster, Cluster.nodes());
            case PAUSE -> new PauseFault(cluster.server(target));
            case CUT -> new NetworkFault(List.of(oneWay(network, target, other, variant / 2)), Way::cut);
            case CUT_BOTH -> new NetworkFault(bothWays(network, target, other), Way::cut);
            case ISOLATE -> new NetworkFault(network.waysOf(target), Way::cut);
            case DELAY -> delay(network, target, MIN_DELAY_MILLIS + variant % DELAY_SPREAD_MILLIS);
            case SLOW -> slow(network, target, MIN_BYTES_PER_SECOND + variant % BYTES_PER_SECOND_SPREAD);
            case CLOSE -> new CloseFault(network, target);
            case DISK_STALL -> DiskFault.stall(cluster, target, MIN_STALL_MILLIS + variant % STALL_SPREAD_MILLIS);
            case DISK_ERROR -> DiskFault.error(cluster, target);
            case POWER -> new PowerFault(cluster, List.of(target));
            case POWER_ALL -> new PowerFault(cluster, Cluster.nodes());
            case DISK_FULL -> new FullDiskFault(cluster, target);
            case CLOCK -> new ClockFault(cluster.clocks(), target, JUMPS_SECONDS.get(variant % JUMPS_SECONDS.size()));
        };
    }

    private static Way oneWay(Network network, int target, int other, int variant) {
        return variant % 2 == 0 ? network.way(target, other) : network.way(other, target);
    }

    private static List<Way> bothWays(Network network, int target, int other) {
        return List.of(network.way(target, other), network.way(other, target));
    }

    private static Fault delay(Network network, int target, int millis) {
        return new NetworkFault(network.waysOf(target), way -> way.delay(millis));
    }

    private static Fault slow(Network network, int target, int bytesPerSecond) {
        return new NetworkFault(network.waysOf(target), way -> way.slowDown(bytesPerSecond));
    }

    private static int after(int node) {
        return node % Cluster.SIZE + 1;
    }
}
