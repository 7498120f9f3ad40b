package io.muster.users;

import io.muster.users.AuditEvent.Kind;
import io.muster.users.store.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What of the commands concerns security. */
final class AuditEvents {

    private AuditEvents() {}

    /** The event of a command that was applied; empty where it changed nothing, or nothing that matters. */
    static Optional<AuditEvent> of(RegistryCommand asked, RegistryResult result) {
        RegistryCommand command = itself(asked);
        return switch (result) {
            case RegisterResult.Registered() when command instanceof RegisterCommand -> done(command);
            case ImportResult imported -> Optional.of(imported(imported));
            case ChangeResult.DONE -> done(command);
            case ChangeResult.REUSED -> reused(command);
            default -> Optional.empty();
        };
    }

    /** The event of a command of which is not known whether it was applied, or will be. */
    static Optional<AuditEvent> unconfirmed(RegistryCommand asked) {
        Optional<AuditEvent> event = switch (itself(asked)) {
            case ImportUsers(List<User> users) ->
                Optional.of(new AuditEvent(Kind.USERS_IMPORTED, null, Map.of("users", Integer.toString(users.size()))));
            case AccountCommand.RotateToken rotation ->
                Optional.of(new AuditEvent(Kind.TOKEN_REFRESHED, rotation.userId()));
            case RegistryCommand command -> done(command);
        };
        return event.map(known -> known.with("outcome", "unknown"));
    }

    private static RegistryCommand itself(RegistryCommand asked) {
        return asked instanceof ByAdministrator by ? by.command() : asked;
    }

    private static Optional<AuditEvent> reused(RegistryCommand command) {
        return command instanceof AccountCommand.RotateToken rotation
                ? Optional.of(new AuditEvent(Kind.REFRESH_TOKEN_REUSED, rotation.userId()))
                : Optional.empty();
    }

    private static AuditEvent imported(ImportResult result) {
        long created = result.outcomes().stream()
                .filter(outcome -> outcome == ImportResult.Outcome.CREATED)
                .count();
        return new AuditEvent(Kind.USERS_IMPORTED, null, Map.of("created", Long.toString(created)));
    }

    private static Optional<AuditEvent> done(RegistryCommand command) {
        return switch (command) {
            case RegisterCommand(User user) -> Optional.of(new AuditEvent(Kind.USER_REGISTERED, user.id()));
            case AccountCommand.ChangePassword change ->
                Optional.of(new AuditEvent(Kind.PASSWORD_CHANGED, change.userId()));
            case AccountCommand.GiveResetCode given ->
                Optional.of(new AuditEvent(Kind.RESET_CODE_GIVEN, given.userId()));
            case AccountCommand.ResetPassword reset -> Optional.of(new AuditEvent(Kind.PASSWORD_RESET, reset.userId()));
            case AccountCommand.EndFamily ended -> Optional.of(new AuditEvent(Kind.SESSION_ENDED, ended.userId()));
            case AccountCommand.EndSessions ended -> Optional.of(new AuditEvent(Kind.SESSIONS_ENDED, ended.userId()));
            case AccountCommand.DeleteUser deletion ->
                Optional.of(new AuditEvent(Kind.USER_DELETED, deletion.userId()));
            case AccountCommand.ChangeUser change ->
                Optional.of(new AuditEvent(Kind.USER_CHANGED, change.userId(), details(change)));
            case AccountCommand.LockUser locking ->
                Optional.of(new AuditEvent(
                        Kind.USER_LOCKED,
                        locking.userId(),
                        Map.of(
                                "until",
                                Instant.ofEpochMilli(locking.lock().untilMillis())
                                        .toString())));
            case AddFirstAdministrator(User user) -> Optional.of(new AuditEvent(Kind.ADMINISTRATOR_MADE, user.id()));
            case AddSigningKey addition ->
                Optional.of(new AuditEvent(
                        Kind.SIGNING_KEY_MADE,
                        null,
                        Map.of("key", addition.key().id())));
            // A session is told of with the fingerprint of its token, by who opens it.
            case AccountCommand.OpenFamily _, AccountCommand.RotateToken _ -> Optional.empty();
            case AccountCommand.ReplaceHash _, ImportUsers _, ByAdministrator _ -> Optional.empty();
        };
    }

    private static Map<String, String> details(AccountCommand.ChangeUser change) {
        Map<String, String> details = new TreeMap<>();
        if (change.disabled() != null) {
            details.put("disabled", change.disabled().toString());
        }
        if (change.roles() != null) {
            details.put("roles", String.join(" ", change.roles()));
        }
        if (change.unlock()) {
            details.put("locked", "false");
        }
        return details;
    }
}
