package io.muster.sim;

import io.muster.history.History;
import io.muster.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Those who register and log in, and what they have seen. */
final class Clients {

    private static final int CONTENDED = 3;
    private static final int REMEMBERED = 12;
    private static final int WITHOUT_KEY_ONE_IN = 4;
    /** Number of the client that finds out whether writes succeed. */
    private static final int PROBE = 0;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final RandomGenerator random;
    private final History history = new History();
    private final Map<String, List<Integer>> passwords = new TreeMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<Registration, Integer> underWay = new LinkedHashMap<>();
    private long thinkNanos;
    private int lastPassword;
    private boolean stopped;

    Clients(Simulation simulation, SimulatedCluster cluster, SimulationSettings settings) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.random = simulation.random("clients");
        this.thinkNanos = settings.thinkNanos();
        for (int number = 1; number <= settings.clients(); number++) {
            think(number);
        }
    }

    History history() {
        return history;
    }

    /** How long clients pause at most. */
    void hurry(long divisor) {
        thinkNanos = Math.max(1, thinkNanos / divisor);
    }

    void calmDown(long factor) {
        thinkNanos *= factor;
    }

    /** Begins nothing more. */
    void stop() {
        stopped = true;
    }

    private void think(int number) {
        simulation.after(random.nextLong(thinkNanos) + 1, () -> {
            if (!stopped) {
                begin(number);
            }
        });
    }

    private void begin(int number) {
        if (names.isEmpty() || random.nextInt(5) < 2) {
            String name = random.nextInt(CONTENDED) == 0 && !names.isEmpty() ? names.getLast() : newName();
            register(number, name);
        } else {
            String name = names.get(names.size() - 1 - random.nextInt(Math.min(REMEMBERED, names.size())));
            List<Integer> tried = passwords.getOrDefault(name, List.of(1));
            new Login(simulation, cluster, random, name, tried.get(random.nextInt(tried.size())))
                    .begin(ended -> ended(number, ended.operation(number)));
        }
    }

    private String newName() {
        String name = "user%06d".formatted(names.size());
        names.add(name);
        return name;
    }

    private void register(int number, String name) {
        register(number, name, operation -> ended(number, operation));
    }

    private void register(int number, String name, Consumer<Operation> whenDone) {
        int password = ++lastPassword;
        passwords.computeIfAbsent(name, any -> new ArrayList<>()).add(password);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        String key = random.nextInt(WITHOUT_KEY_ONE_IN) == 0 ? null : "key of " + id;
        Registration registration = new Registration(simulation, cluster, random, id, name, password, key);
        underWay.put(registration, number);
        registration.begin(ended -> {
            underWay.remove(ended);
            whenDone.accept(ended.operation(number));
        });
    }

    private void ended(int number, Operation operation) {
        simulation.trace().note(operation.toString().hashCode());
        simulation.say(() -> "client " + operation);
        history.add(operation);
        think(number);
    }

    /** Registers somebody new, beside all else; {@code whenDone} hears whether that has succeeded. */
    void probe(Consumer<Boolean> whenDone) {
        register(PROBE, newName(), operation -> {
            history.add(operation);
            whenDone.accept(operation.outcome() == Operation.Outcome.OK);
        });
    }

    /** All that was seen, and what may have happened unseen. */
    History finish() {
        underWay.forEach((registration, number) -> history.add(registration.operation(number)));
        underWay.clear();
        return history;
    }
}
