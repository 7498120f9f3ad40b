package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import io.muster.users.token.SigningKeys;
import java.util.List;

/**
 * Looks at a command before it enters the log. In the log, what no replica of this version can apply stops every one of them,
 * again at each start.
 */
public final class CommandCheck {

    private CommandCheck() {}

    /**
     * Refuses with an {@link IllegalArgumentException}, which holds no value of the command, what this version cannot apply, or
     * could not serve afterwards. Thread-safe.
     */
    public static void require(Bytes command) {
        require(decode(command));
    }

    private static void require(RegistryCommand command) {
        switch (command) {
            case ByAdministrator asked -> require(asked.command());
            case AddSigningKey addition -> SigningKeys.require(addition.key());
            case RegisterCommand registration -> require(registration.user());
            case AccountCommand.ChangePassword change -> require(change.passwordHash());
            case AccountCommand.ChangeUser change -> Role.requireAll(change.roles());
            case AccountCommand.ResetPassword reset -> require(reset.passwordHash());
            case AccountCommand.ReplaceHash replacement -> require(replacement.passwordHash());
            case AddFirstAdministrator(User user) -> require(user);
            case ImportUsers(List<User> users) -> users.forEach(CommandCheck::require);
            case AccountCommand.EndSessions _,
                    AccountCommand.DeleteUser _,
                    AccountCommand.LockUser _,
                    AccountCommand.OpenFamily _,
                    AccountCommand.RotateToken _,
                    AccountCommand.EndFamily _,
                    AccountCommand.GiveResetCode _ -> {}
        }
    }

    private static void require(User user) {
        String username = user.username();
        // Whether it is normalised is not asked: replicas of different Java versions know different characters.
        if (username.codePointCount(0, username.length()) > Username.MAXIMUM) {
            throw new IllegalArgumentException("the command's username is too long");
        }
        require(user.passwordHash());
        Role.requireAll(user.access().roles());
    }

    private static void require(PasswordHash hash) {
        var _ = StoredHash.parse(hash);
    }

    private static RegistryCommand decode(Bytes command) {
        try {
            return CommandCodec.decode(0, command);
        } catch (ApplyException e) {
            throw new IllegalArgumentException("the command could not be applied", e);
        }
    }
}
