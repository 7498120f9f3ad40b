package io.muster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every seed that ever failed, run again. Changes of the simulator change what a seed does; the list only grows. */
class SeedsThatFailedTest {

    static List<String> seeds() throws IOException {
        try (InputStream file = SeedsThatFailedTest.class.getResourceAsStream("seeds-that-failed.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsNow(String line) {
        String[] words = line.split(" ", 3);
        long nanos = (long) (Double.parseDouble(words[1]) * 60 * Simulation.SECOND);
        SimulationResult result = new SimulationRun(Long.parseLong(words[0]), nanos, Long.MAX_VALUE, false).run();

        assertThat(result.failure()).as(line).isNull();
    }
}
