package io.muster.sim;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs seeds from the command line, and says what came of them. Equal seeds print equal lines, but for "elapsed". */
public final class Simulate {

    private static final double RECOVERY_BAR_SECONDS = 4;

    private final SimulateOptions options;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<Double> recoveries = new ArrayList<>();
    private long seeds;
    private double seconds;
    private long events;
    private long starts;
    private long cuts;
    private long installs;
    private long elections;
    private long commits;
    private long operations;

    private Simulate(SimulateOptions options) {
        this.options = options;
    }

    /** Ends with exit code 1 where a seed failed, 2 where the options make no sense. */
    public static void main(String[] arguments) {
        SimulateOptions options;
        try {
            options = SimulateOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + SimulateOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Simulate(options).run() ? 0 : 1);
    }

    private boolean run() {
        long began = cpuNanos();
        long beganAt = System.nanoTime();
        long end = options.from() + options.seeds();
        for (long seed = options.from(); seed < end && System.nanoTime() - beganAt < options.nanos(); seed++) {
            SimulationResult result =
                    new SimulationRun(seed, SimulationRun.FAULTS_NANOS, options.events(), options.trace()).run();
            seeds++;
            add(result);
            SimulationFailure failure = result.failure();
            if (failure != null) {
                reportFailure(seed, result.events(), failure);
                return false;
            }
        }
        report((cpuNanos() - began) / 1e9);
        return true;
    }

    /** What this thread alone has used: the machine may have other things to do. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void add(SimulationResult result) {
        result.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        seconds += result.nanos() / 1e9;
        events += result.events();
        starts += result.starts();
        cuts += result.cuts();
        installs += result.installs();
        elections += result.elections();
        commits += result.commits();
        operations += result.operations();
        if (result.recoveredNanos() >= 0) {
            recoveries.add(result.recoveredNanos() / 1e9);
        }
    }

    private void reportFailure(long seed, long event, SimulationFailure failure) {
        System.out.printf("seed %d failed at event %d%n", seed, event);
        System.out.printf("invariant: %s%n%s%n", failure.invariant(), failure.getMessage());
        System.out.printf("replay: ./simulate --from %d --seeds 1 --events %d --trace%n", seed, event);
    }

    private void report(double cpuSeconds) {
        System.out.printf("seeds %d from %d: all held%n", seeds, options.from());
        System.out.printf("simulated %.2f h, %d events%n", seconds / 3600, events);
        System.out.printf(
                "starts %d, elections %d, commits %d, logs cut %d, snapshots installed %d, operations checked %d%n",
                starts, elections, commits, cuts, installs, operations);
        System.out.printf(
                "faults %d of %d kinds:",
                faults.values().stream().mapToInt(count -> count).sum(), faults.size());
        faults.forEach((fault, count) -> System.out.printf(" %s %d", fault, count));
        System.out.println();
        Collections.sort(recoveries);
        if (!recoveries.isEmpty()) {
            long late = recoveries.stream()
                    .filter(one -> one > RECOVERY_BAR_SECONDS)
                    .count();
            System.out.printf(
                    "a write succeeded after the last fault: median %.2f s, 99 %% %.2f s, longest %.2f s; later than %.0f s: %d%n",
                    quantile(0.5), quantile(0.99), recoveries.getLast(), RECOVERY_BAR_SECONDS, late);
        }
        System.out.printf(
                "elapsed %.1f s of one core: %.0f simulated seconds a second%n", cpuSeconds, seconds / cpuSeconds);
    }

    private double quantile(double part) {
        return recoveries.get((int) (part * (recoveries.size() - 1)));
    }
}
