package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.User;

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
        User user = decode(command).user();
        String username = user.username();
        // Whether it is normalised is not asked: replicas of different Java versions know different characters.
        if (username.codePointCount(0, username.length()) > Username.MAXIMUM) {
            throw new IllegalArgumentException("the command's username is too long");
        }
        Argon2Hash.parse(user.passwordHash());
    }

    private static RegisterCommand decode(Bytes command) {
        try {
            return CommandCodec.decode(0, command);
        } catch (ApplyException e) {
            throw new IllegalArgumentException("the command could not be applied", e);
        }
    }
}
