package io.muster.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether a history is linearizable: whether every operation can have taken effect at one moment between its call and
 * its return, one after the other. Users are checked one by one, since linearizability is local (Herlihy and Wing 1990).
 */
public final class LinearizabilityChecker {

    /**
     * No order explains what the clients saw of this user.
     *
     * @param operations in the order of their calls
     */
    public record Violation(String user, List<Operation> operations) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("not linearizable for user ").append(user);
            operations.forEach(operation -> text.append("\n  ").append(operation));
            return text.toString();
        }
    }

    private LinearizabilityChecker() {}

    /** The first violation, in the order of users; empty where the history is linearizable. */
    public static Optional<Violation> check(History history) {
        for (Map.Entry<String, List<Operation>> user : history.byUser().entrySet()) {
            if (!new LinearizationSearch(user.getValue()).succeeds()) {
                List<Operation> operations = user.getValue().stream()
                        .sorted((one, other) -> Long.compare(one.callNanos(), other.callNanos()))
                        .toList();
                return Optional.of(new Violation(user.getKey(), operations));
            }
        }
        return Optional.empty();
    }
}
