package io.muster.history;

import io.muster.history.Act.Session;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one name is, if everything happened one after the other: nobody, or a user.
 *
 * @param id null where nobody has learned it yet
 * @param password {@link #NO_PASSWORD} where the name is nobody's
 * @param epoch how often the sessions of the user were ended
 */
record UserModel(@Nullable UUID id, int password, long epoch, boolean disabled) {

    private static final int NO_PASSWORD = 0;

    /** Nobody holds the name. */
    static final UserModel ABSENT = new UserModel(null, NO_PASSWORD, 0, false);

    /**
     * The state after an operation that took effect in this one; null where it would have ended otherwise. An operation of unknown
     * outcome takes effect only where it changes something.
     */
    @Nullable
    UserModel next(Operation operation) {
        Act act = operation.act();
        return switch (operation.outcome()) {
            case OK, UNKNOWN -> permits(act) ? after(act) : null;
            case CONFLICT -> isPresent() ? this : null;
            case INVALID_CREDENTIALS -> provesPassword(act) ? null : this;
            case INVALID_TOKEN -> act instanceof Act.BySession shown && isLive(shown.session()) ? null : this;
            case MISSING -> permits(act) ? null : this;
            case REFUSED -> null;
        };
    }

    private boolean permits(Act act) {
        return switch (act) {
            case Act.Register _ -> !isPresent();
            case Act.Login _, Act.ChangePassword _, Act.Delete _ -> provesPassword(act);
            case Act.Me(Session session) -> isLive(session);
            case Act.EndSessions(Session session) -> isLive(session);
            case Act.SetDisabled change -> change.userId().equals(id);
        };
    }

    /** Whether the password is right, and so is the session of whoever has one or is given one. */
    private boolean provesPassword(Act act) {
        return switch (act) {
            case Act.Login login -> opens(login.password()) && (login.session() == null || isOfNow(login.session()));
            case Act.ChangePassword change -> opens(change.current()) && isLive(change.session());
            case Act.Delete deletion -> opens(deletion.password()) && isLive(deletion.session());
            case Act.Register _, Act.Me _, Act.EndSessions _, Act.SetDisabled _ -> false;
        };
    }

    private UserModel after(Act act) {
        return switch (act) {
            case Act.Register registration -> new UserModel(registration.userId(), registration.password(), 0, false);
            case Act.Login login ->
                new UserModel(Objects.requireNonNull(login.session()).userId(), password, epoch, false);
            case Act.Me _ -> this;
            case Act.ChangePassword change -> new UserModel(id, change.replacement(), epoch + 1, disabled);
            case Act.EndSessions _ -> new UserModel(id, password, epoch + 1, disabled);
            case Act.Delete _ -> ABSENT;
            case Act.SetDisabled change -> new UserModel(id, password, epoch + 1, change.disabled());
        };
    }

    private boolean isPresent() {
        return password != NO_PASSWORD;
    }

    private boolean opens(int candidate) {
        return isPresent() && !disabled && password == candidate;
    }

    /** A login gave the session before anybody could show it, so that the id has been learned. */
    private boolean isLive(Session session) {
        return session.userId().equals(id) && session.epoch() == epoch;
    }

    private boolean isOfNow(Session given) {
        return (id == null || id.equals(given.userId())) && given.epoch() == epoch;
    }
}
