package io.muster.users;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that concerns security. Holds no name, no secret, and of a token its fingerprint only.
 *
 * @param user whom it concerns, null where that is nobody, or several
 * @param details by their names, for programs
 */
public record AuditEvent(Kind kind, @Nullable UUID user, Map<String, String> details) {

    /** What happened. */
    public enum Kind {
        USER_REGISTERED,
        LOGGED_IN,
        TOKEN_REFRESHED,
        /** A refresh token that was replaced before was shown: all that have come of that login are dead. */
        REFRESH_TOKEN_REUSED,
        /** A password was refused; {@code reason} says why, which the answer does not. */
        AUTHENTICATION_FAILED,
        PASSWORD_CHANGED,
        PASSWORD_RESET,
        RESET_CODE_GIVEN,
        SESSIONS_ENDED,
        /** That of one refresh token, by whoever has shown it. */
        SESSION_ENDED,
        USER_DELETED,
        USER_CHANGED,
        USER_LOCKED,
        USERS_IMPORTED,
        USERS_EXPORTED,
        ADMINISTRATOR_MADE,
        SIGNING_KEY_MADE
    }

    public AuditEvent {
        details = Map.copyOf(details);
    }

    AuditEvent(Kind kind, @Nullable UUID user) {
        this(kind, user, Map.of());
    }

    /** The same with one detail more. */
    AuditEvent with(String detail, String value) {
        Map<String, String> more = new HashMap<>(details);
        more.put(detail, value);
        return new AuditEvent(kind, user, more);
    }
}
