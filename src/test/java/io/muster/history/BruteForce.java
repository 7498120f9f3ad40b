package io.muster.history;

import io.muster.history.Operation.Kind;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Tries every order of the operations on one user, and every choice of the unknown ones that took effect. */
final class BruteForce {

    private BruteForce() {}

    static boolean isLinearizable(List<Operation> operations) {
        return anyOrder(new ArrayList<>(), new ArrayList<>(operations));
    }

    private static boolean anyOrder(List<Operation> order, List<Operation> left) {
        if (!explains(order)) {
            return false;
        }
        if (left.stream().allMatch(operation -> operation.outcome() == Outcome.UNKNOWN)) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            Operation next = left.remove(i);
            order.add(next);
            boolean found = anyOrder(order, left);
            order.removeLast();
            left.add(i, next);
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing comes before what had returned when it was called, and each has its outcome. */
    private static boolean explains(List<Operation> order) {
        Operation registered = null;
        for (int i = 0; i < order.size(); i++) {
            Operation operation = order.get(i);
            for (Operation later : order.subList(i + 1, order.size())) {
                if (later.returnNanos() < operation.callNanos()) {
                    return false;
                }
            }
            if (operation.kind() == Kind.REGISTER) {
                boolean isFirst = registered == null;
                if (operation.outcome() != Outcome.UNKNOWN && isFirst != (operation.outcome() == Outcome.OK)) {
                    return false;
                }
                registered = registered == null ? operation : registered;
            } else {
                boolean opens = registered != null && registered.password() == operation.password();
                if (opens != (operation.outcome() == Outcome.OK)) {
                    return false;
                }
            }
        }
        return true;
    }
}
