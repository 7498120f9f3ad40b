package io.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run of {@code ./chaos}, with faults that every machine can do. */
@Timeout(300)
class ChaosIT {

    private static final ChaosOptions OPTIONS = new ChaosOptions(
            Duration.ofSeconds(25), 1, Set.of(FaultKind.KILL, FaultKind.PAUSE, FaultKind.CUT), 40, null);

    @Test
    void losesNothingWhenReplicasAreKilledPausedAndCutOff() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        Verdict verdict = Chaos.run(OPTIONS, Path.of(System.getProperty("muster.jar")), out);

        assertThat(verdict.exitCode()).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("kill of", "pause of", "cut of", "lost: 0", "linearizable: yes");
    }
}
