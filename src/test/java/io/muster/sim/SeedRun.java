package io.muster.sim;

import java.util.function.LongFunction;

/** Runs one seed, and answers in text: types that every class loader has alike. */
public final class SeedRun implements LongFunction<String> {

    /** The answer where everything held. */
    public static final String HELD = "";

    private static final String INVARIANT_END = ": ";

    /** Which invariant failed, of an answer; {@link #HELD} where none did. */
    public static String invariant(String answer) {
        int end = answer.indexOf(INVARIANT_END);
        return end < 0 ? answer : answer.substring(0, end);
    }

    /** What failed, {@link #HELD} for nothing. An exception that ends the run is a failure like any other. */
    @Override
    public String apply(long seed) {
        try {
            SimulationFailure failure = new SimulationRun(seed, SimulationRun.FAULTS_NANOS, Long.MAX_VALUE, false)
                    .run()
                    .failure();
            return failure == null ? HELD : failure.invariant() + INVARIANT_END + failure.getMessage();
        } catch (RuntimeException e) {
            return "the run ends" + INVARIANT_END + e;
        }
    }
}
