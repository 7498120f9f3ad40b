package io.muster.chaos;

import io.muster.history.Act;
import io.muster.history.History;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Keeps what clients saw. Safe for use by several threads. */
final class Recorder {

    /** A user, and the password that a client gave. */
    record Account(String user, int password) {}

    private static final long NONE = Long.MIN_VALUE;

    private final History history = new History();
    private final SharedNames names = new SharedNames();
    private final Tokens tokens = new Tokens();
    private final Consumer<Operation> sink;
    private final List<Account> acknowledged = new ArrayList<>();
    private final List<Account> doubtful = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private boolean faulty;
    private int attemptedDuringFaults;
    private int answeredDuringFaults;
    private long lastWriteNanos = NONE;
    private long longestGapNanos;

    /** @param sink gets every operation, one at a time */
    Recorder(Consumer<Operation> sink) {
        this.sink = sink;
    }

    /** From now on, until it is told otherwise, operations count as done during a fault. */
    synchronized void faultBegins() {
        faulty = true;
    }

    synchronized void faultEnds() {
        faulty = false;
    }

    synchronized boolean isFaulty() {
        return faulty;
    }

    /** @param duringFault whether there was a fault when it was called */
    synchronized void add(Operation operation, boolean duringFault) {
        history.add(operation);
        sink.accept(operation);
        outcomes.merge(operation.outcome(), 1, Integer::sum);
        if (duringFault) {
            attemptedDuringFaults++;
            answeredDuringFaults += operation.outcome().isAnswer() ? 1 : 0;
        }
        if (operation.act() instanceof Act.Register registration && !names.contain(operation.user())) {
            addRegister(operation, registration);
        }
    }

    private void addRegister(Operation operation, Act.Register registration) {
        Account account = new Account(operation.user(), registration.password());
        if (operation.outcome() == Outcome.OK) {
            acknowledged.add(account);
            writeSucceeded();
        } else if (operation.outcome() == Outcome.UNKNOWN) {
            doubtful.add(account);
        }
    }

    private void writeSucceeded() {
        long nowNanos = System.nanoTime();
        if (lastWriteNanos != NONE) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - lastWriteNanos);
        }
        lastWriteNanos = nowNanos;
    }

    /** An answer that the product never may give. */
    synchronized void surprise(String what) {
        surprises.add(what);
    }

    History history() {
        return history;
    }

    /** Names with which clients do more than to register and to log in. */
    SharedNames names() {
        return names;
    }

    Tokens tokens() {
        return tokens;
    }

    /** Users who were acknowledged, and are still what they were. */
    synchronized List<Account> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** A user who was acknowledged at some time; none while there is none. */
    synchronized Optional<Account> acknowledged(RandomGenerator random) {
        return acknowledged.isEmpty()
                ? Optional.empty()
                : Optional.of(acknowledged.get(random.nextInt(acknowledged.size())));
    }

    /** Registers whose outcome their client never learned. */
    synchronized List<Account> doubtful() {
        return List.copyOf(doubtful);
    }

    synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }

    synchronized Map<Outcome, Integer> outcomes() {
        return new EnumMap<>(outcomes);
    }

    synchronized int attemptedDuringFaults() {
        return attemptedDuringFaults;
    }

    /** Of these, those that were carried out, or refused for a reason of the user's. */
    synchronized int answeredDuringFaults() {
        return answeredDuringFaults;
    }

    /** The longest time between two acknowledged writes. */
    synchronized long longestGapNanos() {
        return longestGapNanos;
    }
}
