package io.muster.users;

import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.Request;
import io.muster.users.store.User;

/** What an {@link AccountCommand} does to the state. */
final class AccountChanges {

    private AccountChanges() {}

    static ChangeResult apply(AccountCommand command, long timeMillis, PendingState state) {
        User user = state.user(command.userId());
        if (user == null) {
            return ChangeResult.MISSING;
        }
        Access access = user.access();
        if (isOutdated(command, user)) {
            return ChangeResult.OUTDATED;
        }
        return switch (command) {
            case AccountCommand.ChangePassword change ->
                put(
                        user.withPasswordHash(change.passwordHash())
                                .withAccess(access.raised())
                                .withResetCode(null),
                        state);
            case AccountCommand.GiveResetCode given -> put(user.withResetCode(given.code()), state);
            case AccountCommand.ResetPassword reset ->
                put(
                        user.withPasswordHash(reset.passwordHash())
                                .withAccess(access.raised().withLock(Lock.NONE))
                                .withResetCode(null),
                        state);
            case AccountCommand.ReplaceHash replacement ->
                put(user.withPasswordHash(replacement.passwordHash()), state);
            case AccountCommand.LockUser locking -> put(user.withAccess(access.withLock(locking.lock())), state);
            case AccountCommand.OpenFamily opened -> put(TokenFamilies.open(opened, user, timeMillis), state);
            case AccountCommand.RotateToken rotation -> TokenFamilies.rotate(rotation, user, timeMillis, state);
            case AccountCommand.EndFamily ended -> TokenFamilies.end(ended, user, state);
            case AccountCommand.EndSessions _ -> put(user.withAccess(access.raised()), state);
            case AccountCommand.ChangeUser change -> change(user, change.applyTo(access), state);
            case AccountCommand.DeleteUser _ -> delete(user, state);
        };
    }

    /** Whether the user is not any more as whoever asks has seen him. */
    private static boolean isOutdated(AccountCommand command, User user) {
        Access access = user.access();
        return switch (command) {
            case AccountCommand.ChangePassword change -> change.expectedEpoch() != access.epoch();
            case AccountCommand.ReplaceHash replacement -> replacement.expectedEpoch() != access.epoch();
            case AccountCommand.DeleteUser deletion ->
                deletion.expectedEpoch() != null && deletion.expectedEpoch() != access.epoch();
            case AccountCommand.LockUser locking ->
                locking.expectedEpoch() != access.epoch()
                        || locking.expectedLockedUntilMillis() != access.lock().untilMillis();
            case AccountCommand.EndSessions ended -> ended.expectedEpoch() != access.epoch();
            case AccountCommand.ResetPassword reset ->
                user.resetCode() == null || !user.resetCode().hash().equals(reset.codeHash());
            case AccountCommand.OpenFamily opened -> opened.expectedEpoch() != access.epoch() || access.disabled();
            case AccountCommand.ChangeUser _,
                    AccountCommand.GiveResetCode _,
                    AccountCommand.RotateToken _,
                    AccountCommand.EndFamily _ -> false;
        };
    }

    private static ChangeResult put(User user, PendingState state) {
        state.put(user);
        return ChangeResult.DONE;
    }

    private static ChangeResult change(User user, Access access, PendingState state) {
        return !access.administers() && isLastAdministrator(user, state)
                ? ChangeResult.LAST_ADMINISTRATOR
                : put(user.withAccess(access), state);
    }

    private static ChangeResult delete(User user, PendingState state) {
        if (isLastAdministrator(user, state)) {
            return ChangeResult.LAST_ADMINISTRATOR;
        }
        state.remove(user);
        Request registration = user.requestKey() == null ? null : state.request(user.requestKey());
        // The key may have expired, and may be another user's since.
        if (registration != null && registration.user().id().equals(user.id())) {
            state.forget(registration.stamp());
        }
        return ChangeResult.DONE;
    }

    private static boolean isLastAdministrator(User user, PendingState state) {
        return user.access().administers() && !state.hasAdministratorBeside(user.id());
    }
}
