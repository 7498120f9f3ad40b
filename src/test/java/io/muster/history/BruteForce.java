package io.muster.history;

import io.muster.history.Act.Session;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tries every order of the operations on one name, and every choice of the unknown ones that took effect. What a name is at a place
 * of an order, it finds in what stands before.
 */
final class BruteForce {

    private BruteForce() {}

    static boolean isLinearizable(List<Operation> operations) {
        return anyOrder(new ArrayList<>(), new ArrayList<>(operations));
    }

    private static boolean anyOrder(List<Operation> order, List<Operation> left) {
        if (!order.isEmpty() && !explainsLast(order, left)) {
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

    /** Whether what is still to come had not returned when the last was called, and the last has its outcome. */
    private static boolean explainsLast(List<Operation> order, List<Operation> left) {
        Operation last = order.getLast();
        if (left.stream().anyMatch(later -> later.returnNanos() < last.callNanos())) {
            return false;
        }
        Life life = Life.after(order.subList(0, order.size() - 1));
        return switch (last.outcome()) {
            case OK, UNKNOWN -> life.lets(last.act());
            case CONFLICT -> life.isUsed();
            case INVALID_CREDENTIALS, MISSING -> !life.lets(last.act());
            case INVALID_TOKEN -> last.act() instanceof Act.BySession shown && !life.lets(new Act.Me(shown.session()));
            case REFUSED -> false;
        };
    }

    /** What was done since the name was free last. */
    private record Life(List<Act> acts) {

        static Life after(List<Operation> order) {
            return new Life(sinceLastDeletion(order.stream()
                    .filter(operation -> operation.outcome() == Outcome.OK || operation.outcome() == Outcome.UNKNOWN)
                    .map(Operation::act)
                    .toList()));
        }

        private static List<Act> sinceLastDeletion(List<Act> done) {
            int from = done.size();
            while (from > 0 && !(done.get(from - 1) instanceof Act.Delete)) {
                from--;
            }
            return done.subList(from, done.size());
        }

        boolean isUsed() {
            return !acts.isEmpty();
        }

        boolean lets(Act act) {
            return switch (act) {
                case Act.Register _ -> !isUsed();
                case Act.Login(int password, Session session) ->
                    isUsed() && isOpen() && password == password() && (session == null || isGivenNow(session));
                case Act.Me(Session session) -> isNow(session);
                case Act.EndSessions(Session session) -> isNow(session);
                case Act.ChangePassword(Session session, int current, int _) ->
                    isNow(session) && isOpen() && current == password();
                case Act.Delete(Session session, int password) -> isNow(session) && isOpen() && password == password();
                case Act.SetDisabled(UUID userId, boolean _) -> userId.equals(userId());
            };
        }

        private boolean isNow(Session session) {
            return session.userId().equals(userId()) && session.epoch() == epoch();
        }

        private boolean isGivenNow(Session session) {
            UUID known = userId();
            return (known == null || known.equals(session.userId())) && session.epoch() == epoch();
        }

        private int password() {
            return last(act -> switch (act) {
                case Act.Register registration -> registration.password();
                case Act.ChangePassword change -> change.replacement();
                default -> null;
            });
        }

        private boolean isOpen() {
            return !last(act -> act instanceof Act.SetDisabled change
                    ? change.disabled()
                    : act instanceof Act.Register ? false : null);
        }

        private <T> T last(Function<Act, @Nullable T> of) {
            return acts.reversed().stream()
                    .map(of)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
        }

        private @Nullable UUID userId() {
            return acts.stream()
                    .flatMap(act -> switch (act) {
                        case Act.Register registration -> Stream.ofNullable(registration.userId());
                        case Act.Login(int _, Session session) ->
                            Stream.ofNullable(session).map(Session::userId);
                        default -> Stream.empty();
                    })
                    .findFirst()
                    .orElse(null);
        }

        private long epoch() {
            Predicate<Act> endsSessions = act -> act instanceof Act.ChangePassword
                    || act instanceof Act.EndSessions
                    || act instanceof Act.SetDisabled;
            return acts.stream().filter(endsSessions).count();
        }
    }
}
