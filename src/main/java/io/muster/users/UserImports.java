package io.muster.users;

import io.muster.users.store.User;
import java.util.ArrayList;
import java.util.List;

/** What {@link ImportUsers} does to the state. */
final class UserImports {

    private UserImports() {}

    static ImportResult apply(List<User> users, PendingState state) {
        List<ImportResult.Outcome> outcomes = new ArrayList<>(users.size());
        for (User user : users) {
            outcomes.add(apply(user, state));
        }
        return new ImportResult(outcomes);
    }

    private static ImportResult.Outcome apply(User user, PendingState state) {
        if (user.id().equals(state.idOf(user.username()))) {
            return ImportResult.Outcome.PRESENT;
        }
        if (state.isTaken(user)) {
            return ImportResult.Outcome.CONFLICT;
        }
        state.put(user);
        return ImportResult.Outcome.CREATED;
    }
}
