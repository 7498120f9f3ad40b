package io.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Operation;
import io.muster.history.Operation.Kind;
import io.muster.history.Operation.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private final Recorder recorder = new Recorder(_ -> {});

    @Test
    void knowsWhoWasAcknowledgedAndWhoIsInDoubt() {
        recorder.add(operation(Kind.REGISTER, "in", Outcome.OK), false);
        recorder.add(operation(Kind.REGISTER, "perhaps", Outcome.UNKNOWN), false);
        recorder.add(operation(Kind.REGISTER, "refused", Outcome.REFUSED), false);
        recorder.add(operation(Kind.LOGIN, "other", Outcome.OK), false);

        assertThat(recorder.acknowledged()).containsExactly(new Recorder.Account("in", 1));
        assertThat(recorder.doubtful()).containsExactly(new Recorder.Account("perhaps", 1));
        assertThat(recorder.history().size()).isEqualTo(4);
    }

    @Test
    void countsAnswersDuringFaultsApart() {
        recorder.add(operation(Kind.LOGIN, "a", Outcome.OK), false);
        recorder.add(operation(Kind.LOGIN, "a", Outcome.INVALID_CREDENTIALS), true);
        recorder.add(operation(Kind.LOGIN, "a", Outcome.UNKNOWN), true);
        recorder.add(operation(Kind.REGISTER, "a", Outcome.REFUSED), true);

        assertThat(recorder.attemptedDuringFaults()).isEqualTo(3);
        assertThat(recorder.answeredDuringFaults()).isEqualTo(1);
    }

    @Test
    void isVoidWhenLessThanATenthIsAnswered() {
        assertThat(Run.isVoid(10, 100)).isFalse();
        assertThat(Run.isVoid(9, 100)).isTrue();
        assertThat(Run.isVoid(0, 0)).isTrue();
    }

    @Test
    void failsRatherThanBeingVoid() {
        assertThat(new Verdict(List.of(), false).exitCode()).isZero();
        assertThat(new Verdict(List.of(), true).exitCode()).isEqualTo(3);
        assertThat(new Verdict(List.of("lost"), true).exitCode()).isEqualTo(1);
    }

    @Test
    void writesAnOperationAsJson() {
        Operation refused = new Operation(4, Kind.LOGIN, "bob", 7, 1_000, 3_000, Outcome.INVALID_CREDENTIALS);
        Operation unknown = new Operation(5, Kind.REGISTER, "bob", 8, 2_000, 2_500, Outcome.UNKNOWN);

        assertThat(HistoryFile.line(refused, 1_000))
                .isEqualTo("{\"client\":4,\"op\":\"login\",\"user\":\"bob\",\"password\":7,\"call\":0,\"return\":2000,"
                        + "\"outcome\":\"invalid-credentials\"}");
        assertThat(HistoryFile.line(unknown, 1_000))
                .isEqualTo("{\"client\":5,\"op\":\"register\",\"user\":\"bob\",\"password\":8,\"call\":1000,"
                        + "\"outcome\":\"unknown\"}");
    }

    private static Operation operation(Kind kind, String user, Outcome outcome) {
        return new Operation(1, kind, user, 1, 1, 2, outcome);
    }
}
