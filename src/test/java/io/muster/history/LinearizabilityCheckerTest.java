package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Operation.Kind;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {

    private static final int RANDOM_HISTORIES = 30_000;

    private static Operation register(int password, long call, long end, Outcome outcome) {
        return new Operation(1, Kind.REGISTER, "alice", password, call, end, outcome);
    }

    private static Operation login(int password, long call, long end, Outcome outcome) {
        return new Operation(2, Kind.LOGIN, "alice", password, call, end, outcome);
    }

    private static boolean isLinearizable(List<Operation> operations) {
        History history = new History();
        operations.forEach(history::add);
        return LinearizabilityChecker.check(history).isEmpty();
    }

    @Test
    void acceptsALoginBehindItsRegistration() {
        assertThat(isLinearizable(List.of(register(1, 0, 1, Outcome.OK), login(1, 2, 3, Outcome.OK))))
                .isTrue();
    }

    @Test
    void refusesALoginThatMissesAnAcknowledgedRegistration() {
        assertThat(isLinearizable(List.of(register(1, 0, 1, Outcome.OK), login(1, 2, 3, Outcome.INVALID_CREDENTIALS))))
                .isFalse();
    }

    @Test
    void refusesTwoRegistrationsOfOneName() {
        assertThat(isLinearizable(List.of(register(1, 0, 9, Outcome.OK), register(2, 0, 9, Outcome.OK))))
                .isFalse();
    }

    @Test
    void refusesAConflictWithNobody() {
        assertThat(isLinearizable(List.of(register(1, 0, 1, Outcome.CONFLICT), register(2, 2, 3, Outcome.OK))))
                .isFalse();
    }

    @Test
    void letsAnUnknownRegistrationTakeEffectLate() {
        assertThat(isLinearizable(List.of(
                        register(1, 0, 1, Outcome.UNKNOWN),
                        login(1, 2, 3, Outcome.INVALID_CREDENTIALS),
                        login(1, 4, 5, Outcome.OK))))
                .isTrue();
    }

    @Test
    void refusesAnUnknownRegistrationThatComesAndGoes() {
        assertThat(isLinearizable(List.of(
                        register(1, 0, 1, Outcome.UNKNOWN),
                        login(1, 2, 3, Outcome.OK),
                        login(1, 4, 5, Outcome.INVALID_CREDENTIALS))))
                .isFalse();
    }

    @Test
    void takesNothingFromWhatWasRefused() {
        assertThat(isLinearizable(List.of(register(1, 0, 1, Outcome.REFUSED), login(1, 2, 3, Outcome.OK))))
                .isFalse();
    }

    @Test
    void namesTheUserAndWhatWasSeen() {
        History history = new History();
        history.add(login(1, 0, 1, Outcome.OK));

        assertThat(LinearizabilityChecker.check(history).orElseThrow().toString())
                .contains("alice")
                .contains("LOGIN");
    }

    @Test
    void agreesWithBruteForceOnAllHistoriesOfThreeOperations() {
        List<Operation> shapes = new ArrayList<>();
        for (long call = 0; call < 3; call++) {
            for (long end = call; end < 3; end++) {
                addShapes(shapes, call, end);
            }
        }
        int linearizable = 0;
        for (int one = 0; one < shapes.size(); one++) {
            for (int two = one; two < shapes.size(); two++) {
                for (int three = two; three < shapes.size(); three++) {
                    linearizable += compare(List.of(shapes.get(one), shapes.get(two), shapes.get(three)));
                }
            }
        }
        assertThat(linearizable).isPositive();
    }

    private static void addShapes(List<Operation> shapes, long call, long end) {
        for (int password = 1; password <= 2; password++) {
            shapes.add(register(password, call, end, Outcome.OK));
            shapes.add(login(password, call, end, Outcome.OK));
            shapes.add(login(password, call, end, Outcome.INVALID_CREDENTIALS));
            if (end == call) {
                shapes.add(register(password, call, end, Outcome.UNKNOWN));
            }
        }
        shapes.add(register(1, call, end, Outcome.CONFLICT));
    }

    @Test
    void agreesWithBruteForceOnRandomHistories() {
        RandomGenerator random = new Random(1);
        int linearizable = 0;
        for (int i = 0; i < RANDOM_HISTORIES; i++) {
            List<Operation> operations = new ArrayList<>();
            int count = 4 + random.nextInt(4);
            while (operations.size() < count) {
                operations.add(random(random));
            }
            linearizable += compare(operations);
        }
        assertThat(linearizable).isBetween(RANDOM_HISTORIES / 50, RANDOM_HISTORIES / 50 * 49);
    }

    private static Operation random(RandomGenerator random) {
        long call = random.nextInt(12);
        long end = call + random.nextInt(8);
        int password = 1 + random.nextInt(2);
        return switch (random.nextInt(8)) {
            case 0 -> register(password, call, end, Outcome.OK);
            case 1, 2 -> register(password, call, end, Outcome.CONFLICT);
            case 3, 4 -> register(password, call, end, Outcome.UNKNOWN);
            case 5, 6 -> login(password, call, end, Outcome.OK);
            default -> login(password, call, end, Outcome.INVALID_CREDENTIALS);
        };
    }

    private static int compare(List<Operation> operations) {
        boolean expected = BruteForce.isLinearizable(operations);
        assertThat(isLinearizable(operations)).as("%s", operations).isEqualTo(expected);
        return expected ? 1 : 0;
    }
}
