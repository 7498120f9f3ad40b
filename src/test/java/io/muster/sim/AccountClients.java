package io.muster.sim;

import io.muster.history.Act;
import io.muster.history.History;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import io.muster.history.SharedName;
import io.muster.users.token.Claims;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Those who do with accounts whatever can be done, several at one name, and an administrator. They register once, without a key: who is
 * deleted and registers again with the key of before is another user, so that tries would not be one operation.
 */
final class AccountClients {

    /** What the token of the administrator says: nobody ends his sessions. */
    static final Claims ADMINISTRATOR = new Claims(new UUID(0, 1), 0);

    private static final String ADMINISTRATOR_NAME = "administrator";
    private static final int PASSWORD = 1;
    private static final int CLIENTS = 3;
    /** Their numbers are greater. */
    private static final int OTHERS = 100;

    private static final int NAMES_AT_A_TIME = 2;
    private static final int ACTS_OF_A_NAME = 40;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final RandomGenerator random;
    private final History history;
    private final long thinkNanos;
    private final List<SharedName> names = new ArrayList<>();
    /** What is known of calls that have not ended. */
    private final Map<Integer, Supplier<Operation>> underWay = new LinkedHashMap<>();

    private boolean stopped;

    AccountClients(Simulation simulation, SimulatedCluster cluster, SimulationSettings settings, History history) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.random = simulation.random("accounts");
        this.history = history;
        this.thinkNanos = settings.thinkNanos();
        makeAdministrator(simulation.nowNanos());
    }

    /** All names that were in use. */
    List<SharedName> names() {
        return names;
    }

    /** Begins nothing more. */
    void stop() {
        stopped = true;
    }

    /** Puts into the history what may have happened unseen. */
    void finish() {
        underWay.values().forEach(operation -> history.add(operation.get()));
        underWay.clear();
    }

    private void makeAdministrator(long calledNanos) {
        underWay.put(OTHERS, () -> administrator(calledNanos, Outcome.UNKNOWN));
        List<SimulatedReplica> running = cluster.running();
        Runnable again = () -> simulation.after(Simulation.SECOND, () -> makeAdministrator(calledNanos));
        if (running.isEmpty()) {
            again.run();
            return;
        }
        SimulatedReplica at = running.get(random.nextInt(running.size()));
        Attempt.begin(
                simulation,
                at,
                AccountCall.LIMIT,
                replica -> replica.accounts()
                        .makeFirstAdministrator(
                                ADMINISTRATOR.userId(),
                                ADMINISTRATOR_NAME,
                                PASSWORD,
                                replica.clock().wallMillis()),
                end -> {
                    if (end instanceof Attempt.End.Answered) {
                        underWay.remove(OTHERS);
                        history.add(administrator(calledNanos, Outcome.OK));
                        begin();
                    } else {
                        again.run();
                    }
                });
    }

    private Operation administrator(long calledNanos, Outcome outcome) {
        Act act = new Act.Register(PASSWORD, ADMINISTRATOR.userId());
        return new Operation(OTHERS, act, ADMINISTRATOR_NAME, calledNanos, simulation.nowNanos(), outcome);
    }

    private void begin() {
        while (names.size() < NAMES_AT_A_TIME) {
            addName();
        }
        for (int number = OTHERS + 1; number <= OTHERS + CLIENTS; number++) {
            think(number);
        }
    }

    private void addName() {
        names.add(new SharedName("account%04d".formatted(names.size())));
    }

    private void think(int number) {
        simulation.after(random.nextLong(thinkNanos) + 1, () -> {
            if (!stopped) {
                act(number);
            }
        });
    }

    private void act(int number) {
        SharedName name = names.get(names.size() - 1 - random.nextInt(NAMES_AT_A_TIME));
        if (name.acts() >= ACTS_OF_A_NAME) {
            addName();
        }
        switch (name.next(random)) {
            case Act.Register(int password, UUID _) -> register(number, name, password);
            case Act.Login(int password, Act.Session _) ->
                new Login(simulation, cluster, random, name.name(), password)
                        .begin(ended -> ended(number, name, ended.operation(number)));
            case Act act -> call(number, name, act);
        }
    }

    private void register(int number, SharedName name, int password) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        Registration registration = new Registration(simulation, cluster, random, id, name.name(), password, null);
        underWay.put(number, () -> registration.operation(number));
        registration.begin(ended -> ended(number, name, ended.operation(number)));
    }

    private void call(int number, SharedName name, Act act) {
        AccountCall call = new AccountCall(simulation, cluster, random, name.name(), act);
        underWay.put(number, () -> call.operation(number));
        call.begin(ended -> ended(number, name, ended.operation(number)));
    }

    private void ended(int number, SharedName name, Operation operation) {
        underWay.remove(number);
        simulation.trace().note(operation.toString().hashCode());
        simulation.say(() -> "client " + operation);
        history.add(operation);
        name.learn(operation);
        think(number);
    }
}
