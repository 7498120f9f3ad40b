package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.ResetCode;
import io.muster.users.store.TokenFamily;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks to change a user who is registered. */
sealed interface AccountCommand extends RegistryCommand {

    /** Whom to change. */
    UUID userId();

    /**
     * Asks for another password, which ends all sessions.
     *
     * @param expectedEpoch the epoch in which the old password was proved
     */
    record ChangePassword(UUID userId, long expectedEpoch, PasswordHash passwordHash) implements AccountCommand {}

    /**
     * Asks to end all sessions.
     *
     * @param expectedEpoch the epoch of the session that asks
     */
    record EndSessions(UUID userId, long expectedEpoch) implements AccountCommand {}

    /**
     * Asks to remove the user, and the idempotency record of its registration.
     *
     * @param expectedEpoch the epoch in which the password was proved, null where none was asked for
     */
    record DeleteUser(UUID userId, @Nullable Long expectedEpoch) implements AccountCommand {}

    /**
     * Asks to close the user's door for a time. Sessions go on.
     *
     * @param expectedEpoch the epoch in which the failures were counted
     * @param expectedLockedUntilMillis the end of the lock in which they were counted: of several replicas that count, one locks
     * @param lock the next
     */
    record LockUser(UUID userId, long expectedEpoch, long expectedLockedUntilMillis, Lock lock)
            implements AccountCommand {}

    /** Asks to let the user set a password once without the current one. */
    record GiveResetCode(UUID userId, ResetCode code) implements AccountCommand {}

    /**
     * Asks for another password by a reset code, which ends all sessions, and a lock.
     *
     * @param codeHash SHA-256 of the code that was proved
     */
    record ResetPassword(UUID userId, Bytes codeHash, PasswordHash passwordHash) implements AccountCommand {}

    /**
     * Asks for a family of refresh tokens.
     *
     * @param expectedEpoch the epoch in which the password was proved
     * @param token SHA-256 of the first
     * @param lifetimeMillis how long it is good
     */
    record OpenFamily(UUID userId, long expectedEpoch, UUID familyId, Bytes token, long lifetimeMillis)
            implements AccountCommand {

        public OpenFamily {
            TokenFamily.requireHashes(List.of(token));
            TokenFamily.requireLifetime(lifetimeMillis);
        }
    }

    /**
     * Asks for a refresh token in the place of another.
     *
     * @param presented SHA-256 of the one that was shown
     * @param next SHA-256 of the one to take its place
     * @param lifetimeMillis how long that is good
     * @param graceMillis how long a token that was replaced is good still
     */
    record RotateToken(UUID userId, UUID familyId, Bytes presented, Bytes next, long lifetimeMillis, long graceMillis)
            implements AccountCommand {

        public RotateToken {
            TokenFamily.requireHashes(List.of(presented, next));
            TokenFamily.requireLifetime(lifetimeMillis);
        }
    }

    /** Asks to end a family of refresh tokens. */
    record EndFamily(UUID userId, UUID familyId) implements AccountCommand {}

    /**
     * Asks to keep the same password by another hash.
     *
     * @param expectedEpoch the epoch in which the password was proved
     */
    record ReplaceHash(UUID userId, long expectedEpoch, PasswordHash passwordHash) implements AccountCommand {}

    /**
     * Asks to change what the user may do, which ends all sessions.
     *
     * @param disabled null to leave it as it is
     * @param roles in order, without doubles; null to leave them as they are
     * @param unlock whether to end a lock, and to forget those of before
     */
    record ChangeUser(
            UUID userId,
            @Nullable Boolean disabled,
            @Nullable List<String> roles,
            boolean unlock) implements AccountCommand {

        public ChangeUser {
            roles = roles == null ? null : List.copyOf(roles);
            if (roles != null && !roles.equals(Access.ordered(roles))) {
                throw new IllegalArgumentException("roles stand in order, without doubles");
            }
        }

        /** What {@code access} is after it. */
        Access applyTo(Access access) {
            return new Access(
                            access.epoch(),
                            disabled == null ? access.disabled() : disabled,
                            roles == null ? access.roles() : roles,
                            unlock ? Lock.NONE : access.lock())
                    .raised();
        }
    }
}
