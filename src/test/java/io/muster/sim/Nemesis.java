package io.muster.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws faults, many kinds in every run, and ends each after a while. */
final class Nemesis {

    private static final int FEWEST_KINDS = 14;
    private static final long SHORTEST = 200 * Simulation.MILLISECOND;
    private static final long LONGEST = 4 * Simulation.SECOND;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final Faults faults;
    private final long gapNanos;
    private final List<Fault> kinds = new ArrayList<>(List.of(Fault.values()));
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private int next;
    private boolean stopped;

    Nemesis(Simulation simulation, Faults faults, SimulationSettings settings) {
        this.simulation = simulation;
        this.random = simulation.random("nemesis");
        this.faults = faults;
        this.gapNanos = settings.faultGapNanos();
        shuffle();
        int chosen = FEWEST_KINDS + random.nextInt(kinds.size() - FEWEST_KINDS + 1);
        kinds.subList(chosen, kinds.size()).clear();
        waitForNext();
    }

    /** How often each kind of fault has begun. */
    Map<Fault, Integer> counts() {
        return counts;
    }

    /** Begins nothing more. */
    void stop() {
        stopped = true;
    }

    private void waitForNext() {
        simulation.after(random.nextLong(gapNanos) + 1, () -> {
            if (!stopped) {
                beginOne();
                waitForNext();
            }
        });
    }

    /** Each kind once, in random order, then all again in another. */
    private void beginOne() {
        if (next == kinds.size()) {
            next = 0;
            shuffle();
        }
        Fault fault = kinds.get(next++);
        simulation.trace().note(fault.name().hashCode());
        Runnable end = faults.begin(fault);
        if (end != null) {
            counts.merge(fault, 1, Integer::sum);
            simulation.after(SHORTEST + random.nextLong(LONGEST - SHORTEST), () -> {
                if (!stopped) {
                    end.run();
                }
            });
        }
    }

    private void shuffle() {
        for (int i = kinds.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Fault kind = kinds.get(i);
            kinds.set(i, kinds.get(other));
            kinds.set(other, kind);
        }
    }
}
