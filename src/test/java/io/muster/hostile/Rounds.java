package io.muster.hostile;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Runs a property again and again, each time from a seed of its own, and says which seed failed. {@code muster.fuzz.rounds}
 * sets how often, {@code muster.fuzz.seed} with which seed it begins.
 */
public final class Rounds {

    private static final long FIRST_SEED = Long.getLong("muster.fuzz.seed", 1);
    private static final String ROUNDS = "muster.fuzz.rounds";

    private Rounds() {}

    /** What one round finds out: whether its input was accepted. Fails by an {@link AssertionError}. */
    @FunctionalInterface
    public interface Property {

        /** Tries one input. */
        boolean holds(RandomGenerator random) throws Exception;
    }

    /** Runs {@code usual} rounds, or as many as the system property says, and prints the count of a campaign. */
    public static void run(String name, int usual, Property property) {
        long rounds = Long.getLong(ROUNDS, usual);
        long accepted = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + rounds; seed++) {
            accepted += accepts(name, seed, property) ? 1 : 0;
        }
        if (System.getProperty(ROUNDS) != null) {
            System.out.printf("fuzz %-40s %,12d inputs, %,12d accepted%n", name, rounds, accepted);
        }
    }

    private static boolean accepts(String name, long seed, Property property) {
        try {
            return property.holds(new SplittableRandom(seed));
        } catch (Exception | Error e) {
            throw new AssertionError(
                    name + " fails; again with -Dmuster.fuzz.rounds=1 -Dmuster.fuzz.seed=" + seed + ": " + e, e);
        }
    }
}
