package io.muster.history;

import static io.muster.history.Histories.FIRST;
import static io.muster.history.Histories.SECOND;
import static io.muster.history.Histories.done;
import static io.muster.history.Histories.ended;
import static io.muster.history.Histories.isLinearizable;
import static io.muster.history.Histories.login;
import static io.muster.history.Histories.register;
import static io.muster.history.Histories.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Act.Session;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The checker says of short histories what brute force says. */
class BruteForceTest {

    private static final int RANDOM_HISTORIES = 30_000;
    private static final int KINDS = 7;

    /** Whose last operations were linearizable, and whose not. */
    private final Set<Class<?>> explained = new HashSet<>();

    private final Set<Class<?>> notExplained = new HashSet<>();

    @Test
    void agreesOnAllHistoriesOfThreeOperations() {
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
        Session session = session(FIRST, 0);
        for (int password = 1; password <= 2; password++) {
            shapes.add(register(password, call, end, Outcome.OK));
            shapes.add(login(password, session, call, end));
            shapes.add(login(password, null, call, end));
            if (end == call) {
                shapes.add(register(password, call, end, Outcome.UNKNOWN));
                shapes.add(ended(new Act.ChangePassword(session, 1, password), call, end, Outcome.UNKNOWN));
            }
        }
        shapes.add(register(1, call, end, Outcome.CONFLICT));
        shapes.add(ended(new Act.EndSessions(session), call, end, Outcome.OK));
        shapes.add(ended(new Act.Me(session), call, end, Outcome.INVALID_TOKEN));
        shapes.add(ended(new Act.Delete(session, 1), call, end, Outcome.OK));
        shapes.add(ended(new Act.SetDisabled(FIRST, true), call, end, Outcome.OK));
    }

    @Test
    void agreesOnRandomRegistersAndLogins() {
        RandomGenerator random = new Random(1);
        int linearizable = 0;
        for (int i = 0; i < RANDOM_HISTORIES; i++) {
            List<Operation> operations = new ArrayList<>();
            int count = 4 + random.nextInt(4);
            while (operations.size() < count) {
                operations.add(registerOrLogin(random));
            }
            linearizable += compare(operations);
        }
        assertThat(linearizable).isBetween(RANDOM_HISTORIES / 50, RANDOM_HISTORIES / 50 * 49);
    }

    private static Operation registerOrLogin(RandomGenerator random) {
        long call = random.nextInt(12);
        long end = call + random.nextInt(8);
        int password = 1 + random.nextInt(2);
        return switch (random.nextInt(8)) {
            case 0 -> register(password, call, end, Outcome.OK);
            case 1, 2 -> register(password, call, end, Outcome.CONFLICT);
            case 3, 4 -> register(password, call, end, Outcome.UNKNOWN);
            case 5, 6 -> login(password, session(FIRST, 0), call, end);
            default -> login(password, null, call, end);
        };
    }

    @Test
    void agreesOnRandomHistoriesOfAccounts() {
        RandomGenerator random = new Random(2);
        int linearizable = 0;
        for (int i = 0; i < RANDOM_HISTORIES; i++) {
            List<Operation> operations = new ArrayList<>();
            operations.add(done(new Act.Register(1, random.nextBoolean() ? FIRST : null), 0, 1));
            operations.add(login(1, session(FIRST, 0), 2, 3));
            int count = 4 + random.nextInt(4);
            while (operations.size() < count) {
                operations.add(ofAccounts(random));
            }
            linearizable += compare(operations);
        }
        assertThat(linearizable).isBetween(RANDOM_HISTORIES / 50, RANDOM_HISTORIES / 50 * 49);
        assertThat(explained).hasSize(KINDS);
        assertThat(notExplained).hasSize(KINDS);
    }

    private static Operation ofAccounts(RandomGenerator random) {
        long call = 4L + random.nextInt(12);
        Act act = act(random);
        List<Outcome> outcomes = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (Operation.isPossible(act, outcome) && outcome != Outcome.REFUSED) {
                outcomes.add(outcome);
            }
        }
        return ended(act, call, call + random.nextInt(8), outcomes.get(random.nextInt(outcomes.size())));
    }

    private static Act act(RandomGenerator random) {
        UUID user = random.nextInt(4) == 0 ? SECOND : FIRST;
        Session session = session(user, random.nextInt(3));
        int password = 1 + random.nextInt(2);
        return switch (random.nextInt(KINDS)) {
            case 0 -> new Act.Register(password, random.nextBoolean() ? user : null);
            case 1 -> new Act.Login(password, random.nextBoolean() ? session : null);
            case 2 -> new Act.Me(session);
            case 3 -> new Act.ChangePassword(session, password, 1 + random.nextInt(2));
            case 4 -> new Act.EndSessions(session);
            case 5 -> new Act.Delete(session, password);
            default -> new Act.SetDisabled(user, random.nextBoolean());
        };
    }

    private int compare(List<Operation> operations) {
        boolean expected = BruteForce.isLinearizable(operations);
        assertThat(isLinearizable(operations)).as("%s", operations).isEqualTo(expected);
        (expected ? explained : notExplained).add(operations.getLast().act().getClass());
        return expected ? 1 : 0;
    }
}
