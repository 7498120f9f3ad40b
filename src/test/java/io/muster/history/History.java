package io.muster.history;

import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that the clients of one run saw. Thread-safe. */
public final class History {

    private final Map<String, List<Operation>> byUser = new TreeMap<>();
    private int size;

    /** Takes an operation that has ended, in any order. */
    public synchronized void add(Operation operation) {
        size++;
        if (saysSomething(operation)) {
            byUser.computeIfAbsent(operation.user(), any -> new ArrayList<>()).add(operation);
        }
    }

    /** What was refused changed nothing, and a read without an answer told nothing. */
    private static boolean saysSomething(Operation operation) {
        return operation.outcome() != Outcome.REFUSED
                && !(operation.isRead() && operation.outcome() == Outcome.UNKNOWN);
    }

    /** How many operations were added. */
    public synchronized int size() {
        return size;
    }

    /** A copy of those that say something about a user's state, by user: users do not depend on each other. */
    synchronized Map<String, List<Operation>> byUser() {
        Map<String, List<Operation>> copy = new TreeMap<>();
        byUser.forEach((user, operations) -> copy.put(user, List.copyOf(operations)));
        return copy;
    }
}
