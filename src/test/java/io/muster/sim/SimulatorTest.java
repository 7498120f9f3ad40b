package io.muster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final long FIRST_SEED = 1_000_001;
    private static final int SEEDS = 100;
    private static final long NANOS = 60 * Simulation.SECOND;
    private static final long RECOVERY_BAR = 4 * Simulation.SECOND;

    @Test
    void everythingHoldsUnderAllFaults() {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        int late = 0;
        long commits = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            SimulationResult result = new SimulationRun(seed, NANOS, Long.MAX_VALUE, false).run();
            assertThat(result.failure())
                    .as("seed %d at event %d", seed, result.events())
                    .isNull();
            assertThat(result.faults()).as("kinds of faults of seed %d", seed).hasSizeGreaterThanOrEqualTo(12);
            result.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
            late += result.recoveredNanos() > RECOVERY_BAR ? 1 : 0;
            commits += result.commits();
        }
        assertThat(faults).containsOnlyKeys(Fault.values());
        assertThat(late).as("seeds in which writes came back late").isLessThanOrEqualTo(1);
        assertThat(commits).as("commits").isGreaterThan(SEEDS * 60L);
    }
}
