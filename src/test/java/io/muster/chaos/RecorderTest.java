package io.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Act;
import io.muster.history.Act.Session;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final Session SESSION = new Session(new UUID(0, 1), 2);
    private static final Act REGISTER = new Act.Register(1, null);
    private static final Act LOGIN = new Act.Login(1, null);

    private final Recorder recorder = new Recorder(_ -> {});

    @Test
    void knowsWhoWasAcknowledgedAndWhoIsInDoubt() {
        recorder.add(operation(REGISTER, "in", Outcome.OK), false);
        recorder.add(operation(REGISTER, "perhaps", Outcome.UNKNOWN), false);
        recorder.add(operation(REGISTER, "refused", Outcome.REFUSED), false);
        recorder.add(operation(new Act.Login(1, SESSION), "other", Outcome.OK), false);
        recorder.add(operation(REGISTER, recorder.names().all().getFirst().name(), Outcome.OK), false);

        assertThat(recorder.acknowledged()).containsExactly(new Recorder.Account("in", 1));
        assertThat(recorder.doubtful()).containsExactly(new Recorder.Account("perhaps", 1));
        assertThat(recorder.history().size()).isEqualTo(5);
    }

    @Test
    void countsAnswersDuringFaultsApart() {
        recorder.add(operation(REGISTER, "a", Outcome.OK), false);
        recorder.add(operation(LOGIN, "a", Outcome.INVALID_CREDENTIALS), true);
        recorder.add(operation(LOGIN, "a", Outcome.UNKNOWN), true);
        recorder.add(operation(REGISTER, "a", Outcome.REFUSED), true);

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
        Operation refused = new Operation(4, new Act.Login(7, null), "bob", 1_000, 3_000, Outcome.INVALID_CREDENTIALS);
        Operation unknown = new Operation(5, new Act.EndSessions(SESSION), "bob", 2_000, 2_500, Outcome.UNKNOWN);

        assertThat(HistoryFile.line(refused, 1_000))
                .isEqualTo("{\"client\":4,\"op\":\"Login\",\"user\":\"bob\",\"with\":{\"password\":7,\"session\":null},"
                        + "\"call\":0,\"return\":2000,\"outcome\":\"invalid-credentials\"}");
        assertThat(HistoryFile.line(unknown, 1_000))
                .isEqualTo("{\"client\":5,\"op\":\"EndSessions\",\"user\":\"bob\",\"with\":{\"session\":"
                        + "{\"userId\":\"00000000-0000-0000-0000-000000000001\",\"epoch\":2}},"
                        + "\"call\":1000,\"outcome\":\"unknown\"}");
    }

    private static Operation operation(Act act, String user, Outcome outcome) {
        return new Operation(1, act, user, 1, 2, outcome);
    }
}
