package io.muster.sim;

import java.util.function.LongFunction;

/** Runs one seed, and answers in text: types that every class loader has alike. */
public final class SeedRun implements LongFunction<String> {

    /** The answer where everything held. */
    public static final String HELD = "";

    /** What failed, {@link #HELD} for nothing. An exception that ends the run is a failure like any other. */
    @Override
    public String apply(long seed) {
        try {
            SimulationFailure failure = new SimulationRun(seed, SimulationRun.FAULTS_NANOS, Long.MAX_VALUE, false)
                    .run()
                    .failure();
            return failure == null ? HELD : failure.invariant() + ": " + failure.getMessage();
        } catch (RuntimeException e) {
            return "the run ends: " + e;
        }
    }
}
