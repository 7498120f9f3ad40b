package io.muster.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client asks of one name. Numbers stand for passwords, from 1. */
public sealed interface Act {

    /**
     * What a token stands for: an epoch of a user. Everything that ends the sessions of a user raises the epoch by one, from 0 on.
     *
     * @param userId the user, who is another once the name has been registered anew
     */
    record Session(UUID userId, long epoch) {}

    /** What needs a token. */
    sealed interface BySession extends Act {

        /** What the token stands for: it was given by a login before. */
        Session session();
    }

    /**
     * To register the name.
     *
     * @param userId who is registered; null where the client has not learned it
     */
    record Register(int password, @Nullable UUID userId) implements Act {}

    /**
     * To log in.
     *
     * @param session what the token stands for that was given; null where none was
     */
    record Login(int password, @Nullable Session session) implements Act {}

    /** To be let in by a token. */
    record Me(Session session) implements BySession {}

    /** To change the password, which ends all sessions. */
    record ChangePassword(Session session, int current, int replacement) implements BySession {}

    /** To end all sessions: a logout. */
    record EndSessions(Session session) implements BySession {}

    /** To delete the user, by his own wish. */
    record Delete(Session session, int password) implements BySession {}

    /** To disable a user or to enable him again, as an administrator, which ends all sessions. */
    record SetDisabled(UUID userId, boolean disabled) implements Act {}
}
