package io.muster.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The faults of a run, from its seed alone. Kinds come in turn, so that each has its share. */
record Schedule(List<Step> steps) {

    /** What a step takes beside its faults and its calm, by experience: most wait for a start of a JVM. */
    private static final int RECOVERY_MILLIS = 6_000;

    private static final int MIN_CALM_MILLIS = 500;
    private static final int MAX_CALM_MILLIS = 2_000;

    /** One of so many faults has one on the network on top. */
    private static final int PAIRS_ONE_OF = 4;

    Schedule {
        steps = List.copyOf(steps);
    }

    /** @param kinds empty: nothing happens */
    static Schedule of(long seed, Duration length, Collection<FaultKind> kinds) {
        List<FaultKind> all = kinds.stream().sorted().distinct().toList();
        List<FaultKind> onNetwork = all.stream().filter(FaultKind::hitsNetwork).toList();
        Random random = new Random(seed);
        Deque<FaultKind> deck = new ArrayDeque<>();
        List<Step> steps = new ArrayList<>();
        long millis = 0;
        while (!all.isEmpty() && millis < length.toMillis()) {
            Step step = step(random, draw(random, deck, all), onNetwork);
            millis += step.holdMillis() + step.calmMillis() + RECOVERY_MILLIS;
            steps.add(step);
        }
        return new Schedule(steps);
    }

    private static FaultKind draw(Random random, Deque<FaultKind> deck, List<FaultKind> all) {
        if (deck.isEmpty()) {
            List<FaultKind> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            deck.addAll(shuffled);
        }
        return deck.remove();
    }

    private static Step step(Random random, FaultKind kind, List<FaultKind> onNetwork) {
        List<PlannedFault> faults = new ArrayList<>();
        faults.add(fault(random, kind));
        if (random.nextInt(PAIRS_ONE_OF) == 0 && kind.canBePaired() && !onNetwork.isEmpty()) {
            faults.add(fault(random, onNetwork.get(random.nextInt(onNetwork.size()))));
        }
        return new Step(faults, random.nextInt(MIN_CALM_MILLIS, MAX_CALM_MILLIS));
    }

    /** Every second one hits the leader, where most can go wrong. */
    private static PlannedFault fault(Random random, FaultKind kind) {
        int target = random.nextBoolean() ? PlannedFault.LEADER : random.nextInt(Cluster.SIZE) + 1;
        int hold = random.nextInt(kind.minHoldMillis(), kind.maxHoldMillis() + 1);
        return new PlannedFault(kind, target, hold, random.nextInt(1 << 16));
    }

    /** What it begins with. */
    Schedule first(int count) {
        return new Schedule(steps.subList(0, count));
    }

    /** How many there are of each kind. */
    Map<FaultKind, Integer> counts() {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        steps.stream()
                .flatMap(step -> step.faults().stream())
                .forEach(fault -> counts.merge(fault.kind(), 1, Integer::sum));
        return counts;
    }
}
