package io.muster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SimulateOptionsTest {

    @Test
    void takesSeedsAndTimes() {
        SimulateOptions options =
                SimulateOptions.parse("--seeds", "7", "--from", "42", "--minutes", "0.5", "--events", "9", "--trace");

        assertThat(options).isEqualTo(new SimulateOptions(7, 42, 0.5, 9, true));
        assertThat(options.nanos()).isEqualTo(30.0 * Simulation.SECOND);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> SimulateOptions.parse("--sneeds", "7"));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulateOptions.parse("--seeds"));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulateOptions.parse("--seeds", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulateOptions.parse("--minutes", "many"));
    }
}
