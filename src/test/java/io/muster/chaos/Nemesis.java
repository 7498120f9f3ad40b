package io.muster.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Carries out a schedule, one step after the other. */
final class Nemesis {

    /** So that there are users before anything happens to them. */
    private static final Duration FIRST_CALM = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Recorder recorder;
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    Nemesis(Cluster cluster, Recorder recorder, PrintStream out) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.out = out;
    }

    /**
     * Returns how many steps were carried out.
     *
     * @param bound no step begins after it
     * @throws IllegalStateException when a replica behaves otherwise than it must
     */
    int carryOut(List<Step> steps, Duration bound) throws InterruptedException {
        Thread.sleep(FIRST_CALM);
        for (int i = 0; i < steps.size(); i++) {
            if (System.nanoTime() - startNanos > bound.toNanos()) {
                return i;
            }
            out.println("step " + (i + 1) + ": " + steps.get(i));
            carryOut(steps.get(i));
        }
        return steps.size();
    }

    private void carryOut(Step step) throws InterruptedException {
        cluster.requireRunning();
        int leader = cluster.leader();
        List<Fault> faults = new ArrayList<>();
        for (PlannedFault plan : step.faults()) {
            faults.add(Faults.of(plan, plan.target() == PlannedFault.LEADER ? leader : plan.target(), cluster));
        }
        recorder.faultBegins();
        for (Fault fault : faults) {
            fault.begin();
        }
        Thread.sleep(step.holdMillis());
        for (Fault fault : faults) {
            fault.end();
        }
        long healedNanos = System.nanoTime();
        cluster.awaitReady();
        recorder.faultEnds();
        out.printf(
                "  elapsed %.0f s, node %d led; all ready %.1f s after the fault%n",
                seconds(startNanos), leader, seconds(healedNanos));
        Thread.sleep(step.calmMillis());
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }
}
