package io.muster.sim.planted;

import io.muster.sim.SeedRun;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for the first seed that catches each planted bug, and prints number, seed and the invariant that failed; what it
 * does not find, as a comment. Changes nothing. A seed that fails on sound code ends it.
 */
public final class HuntPlantedBugs {

    private static final long FIRST_SEED = 1;

    private HuntPlantedBugs() {}

    /** Arguments: how many seeds at most for each bug, and the numbers of some bugs; all bugs where there are none. */
    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println("usage: HuntPlantedBugs SEEDS [NUMBER ...]");
            System.exit(2);
        }
        long most = Long.parseLong(arguments[0]);
        Set<Integer> numbers =
                Stream.of(arguments).skip(1).map(Integer::valueOf).collect(Collectors.toSet());
        List<PlantedBug> bugs = PlantedBugs.simulated().stream()
                .filter(bug -> numbers.isEmpty() || numbers.contains(bug.number()))
                .toList();
        bugs.forEach(bug -> System.out.println(hunt(bug, most)));
    }

    private static String hunt(PlantedBug bug, long most) {
        LongFunction<String> broken = bug.simulator();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + most; seed++) {
            String failure = broken.apply(seed);
            if (!failure.equals(SeedRun.HELD)) {
                requireSound(seed);
                return "%d %d %s\n# %s: %s"
                        .formatted(bug.number(), seed, SeedRun.invariant(failure), bug.what(), firstLine(failure));
            }
        }
        return "# %d not found by %d seeds: %s".formatted(bug.number(), most, bug.what());
    }

    private static void requireSound(long seed) {
        String failure = new SeedRun().apply(seed);
        if (!failure.equals(SeedRun.HELD)) {
            throw new IllegalStateException("seed " + seed + " fails without any planted bug: " + failure);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
