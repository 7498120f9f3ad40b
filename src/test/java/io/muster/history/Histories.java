package io.muster.history;

import io.muster.history.Act.Session;
import io.muster.history.Operation.Outcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations on one name, for tests: each by what is asked, when, and what comes of it. */
final class Histories {

    /** Who registers first, and who does later. */
    static final UUID FIRST = new UUID(0, 1);

    static final UUID SECOND = new UUID(0, 2);

    private Histories() {}

    static boolean isLinearizable(Operation... operations) {
        return isLinearizable(List.of(operations));
    }

    static boolean isLinearizable(List<Operation> operations) {
        History history = new History();
        operations.forEach(history::add);
        return LinearizabilityChecker.check(history).isEmpty();
    }

    static Session session(UUID userId, long epoch) {
        return new Session(userId, epoch);
    }

    static Operation done(Act act, long call, long end) {
        return ended(act, call, end, Outcome.OK);
    }

    static Operation unknown(Act act, long call) {
        return ended(act, call, call, Outcome.UNKNOWN);
    }

    static Operation ended(Act act, long call, long end, Outcome outcome) {
        return new Operation(1, act, "alice", call, end, outcome);
    }

    static Operation register(int password, long call, long end, Outcome outcome) {
        return ended(new Act.Register(password, null), call, end, outcome);
    }

    static Operation login(int password, @Nullable Session session, long call, long end) {
        return ended(
                new Act.Login(password, session),
                call,
                end,
                session == null ? Outcome.INVALID_CREDENTIALS : Outcome.OK);
    }
}
