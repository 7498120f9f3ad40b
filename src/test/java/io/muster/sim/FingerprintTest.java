package io.muster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final long NANOS = 20 * Simulation.SECOND;

    private static long fingerprint(long seed) {
        return new SimulationRun(seed, NANOS, Long.MAX_VALUE, false).run().fingerprint();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneSeedIsOneRun(long seed) {
        assertThat(fingerprint(seed)).isEqualTo(fingerprint(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anotherSeedIsAnotherRun(long seed) {
        assertThat(fingerprint(seed)).isNotEqualTo(fingerprint(seed + 5));
    }
}
