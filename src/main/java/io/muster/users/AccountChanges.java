package io.muster.users;

import io.muster.users.store.Access;
import io.muster.users.store.Request;
import io.muster.users.store.User;
import org.jspecify.annotations.Nullable;

/** What an {@link AccountCommand} does to the state. */
final class AccountChanges {

    private AccountChanges() {}

    static ChangeResult apply(AccountCommand command, PendingState state) {
        User user = state.user(command.userId());
        if (user == null) {
            return ChangeResult.MISSING;
        }
        return switch (command) {
            case AccountCommand.ChangePassword change -> changePassword(change, user, state);
            case AccountCommand.EndSessions _ -> put(user, user.access().raised(), state);
            case AccountCommand.ChangeUser change -> put(user, change.applyTo(user.access()), state);
            case AccountCommand.DeleteUser deletion -> delete(deletion, user, state);
        };
    }

    private static ChangeResult changePassword(AccountCommand.ChangePassword change, User user, PendingState state) {
        return isOutdated(change.expectedEpoch(), user)
                ? ChangeResult.OUTDATED
                : put(
                        user.withPasswordHash(change.passwordHash()),
                        user.access().raised(),
                        state);
    }

    private static ChangeResult put(User user, Access access, PendingState state) {
        state.put(user.withAccess(access));
        return ChangeResult.DONE;
    }

    private static ChangeResult delete(AccountCommand.DeleteUser deletion, User user, PendingState state) {
        if (isOutdated(deletion.expectedEpoch(), user)) {
            return ChangeResult.OUTDATED;
        }
        state.remove(user);
        Request registration = user.requestKey() == null ? null : state.request(user.requestKey());
        // The key may have expired, and may be another user's since.
        if (registration != null && registration.user().id().equals(user.id())) {
            state.forget(registration.stamp());
        }
        return ChangeResult.DONE;
    }

    private static boolean isOutdated(@Nullable Long expectedEpoch, User user) {
        return expectedEpoch != null && expectedEpoch != user.access().epoch();
    }
}
