package io.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosOptionsTest {

    @Test
    void takesEveryOption() {
        ChaosOptions options = ChaosOptions.parse(
                "--faults", "kill,cut-both", "--seed", "7", "--minutes", "2", "--rate", "90", "--history", "h.jsonl");

        assertThat(options.length()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.faults()).containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.CUT_BOTH);
        assertThat(options.rate()).isEqualTo(90);
        assertThat(options.history()).isEqualTo(Path.of("h.jsonl"));
    }

    @Test
    void takesAllFaultsWhenNoneIsNamed() {
        assertThat(ChaosOptions.parse("--minutes", "1").faults()).containsExactlyInAnyOrder(FaultKind.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--minutes",
                "--minutes 0",
                "--minutes 99999",
                "--minutes x",
                "--minutes 1 --faults kill,",
                "--minutes 1 --faults earthquake",
                "--minutes 1 --rate -1",
                "--minutes 1 --speed 3"
            })
    void refusesWhatItDoesNotUnderstand(String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);

        assertThatThrownBy(() -> ChaosOptions.parse(words)).isInstanceOf(IllegalArgumentException.class);
    }
}
