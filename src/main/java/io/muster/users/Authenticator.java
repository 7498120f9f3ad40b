package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.ResetCode;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a password opens a door. Every way to a refusal costs one hash, so that time does not tell which it was;
 * failures are counted. The caller has waited for a read point. Thread-safe.
 */
public final class Authenticator {

    private final UserStore store;
    private final PasswordHasher hasher;
    private final AccountLockout lockout;
    private final Rehash rehash;
    private final Audit audit;

    /** @param store only read here */
    public Authenticator(UserStore store, PasswordHasher hasher, AccountLockout lockout, Rehash rehash, Audit audit) {
        this.store = store;
        this.hasher = hasher;
        this.lockout = lockout;
        this.rehash = rehash;
        this.audit = audit;
    }

    /**
     * The user of that name as of now, if the password is his and his door is open. Neither value need be valid. Throws {@link
     * InvalidCredentialsException} otherwise.
     */
    User authenticate(String username, String password, Deadline deadline) {
        return authenticate(find(username), password, deadline);
    }

    /** Likewise for a user who was just read; null where there was none. */
    User authenticate(@Nullable User before, String raw, Deadline deadline) {
        Password password = Password.check(raw) instanceof Checked.Valid<Password>(Password valid) ? valid : null;
        boolean matches = verify(before, password, deadline);
        User now = before == null ? null : store.userById(before.id());
        if (before == null || now == null) {
            throw refusal(null, "unknown");
        }
        if (lockout.isClosed(now)) {
            throw refusal(now, "locked");
        }
        if (password == null || !matches) {
            lockout.failed(now);
            throw refusal(now, "wrong");
        }
        if (!opensTo(before, now)) {
            throw refusal(now, now.access().disabled() ? "disabled" : "changed");
        }
        lockout.succeeded(now);
        rehash.offer(now, password);
        return now;
    }

    /**
     * The user of that name, if the code is the one that he was given. It opens a locked door, too: whoever has it did not guess. Throws
     * {@link InvalidCredentialsException} otherwise. Costs no hash: the caller has spent one.
     */
    User authenticateByCode(String username, Bytes codeHash, long nowMillis) {
        User user = find(username);
        if (user == null) {
            throw refusal(null, "unknown");
        }
        ResetCode code = user.resetCode();
        if (code != null && code.hash().equals(codeHash) && nowMillis < code.expiresAtMillis()) {
            return user;
        }
        if (lockout.isClosed(user)) {
            throw refusal(user, "locked");
        }
        lockout.failed(user);
        throw refusal(user, "wrong");
    }

    private @Nullable User find(String username) {
        return Username.check(username) instanceof Checked.Valid<Username>(Username valid)
                ? store.userByName(valid.value())
                : null;
    }

    private InvalidCredentialsException refusal(@Nullable User user, String reason) {
        Origin.failed();
        record(user, reason);
        return new InvalidCredentialsException();
    }

    private void record(@Nullable User user, String reason) {
        audit.record(new AuditEvent(
                AuditEvent.Kind.AUTHENTICATION_FAILED, user == null ? null : user.id(), Map.of("reason", reason)));
    }

    private boolean verify(@Nullable User user, @Nullable Password password, Deadline deadline) {
        if (user == null || password == null) {
            hasher.verifyNobody(deadline);
            return false;
        }
        return hasher.verify(password, user.passwordHash(), deadline);
    }

    /**
     * Whether what was proved of {@code before} opens the door to the user of now: not where the password was changed while the
     * hash was computed, and never to one who is disabled. A hash that was only made anew is of the same epoch.
     */
    static boolean opensTo(User before, User now) {
        boolean samePassword = now.passwordHash().equals(before.passwordHash())
                || now.access().epoch() == before.access().epoch();
        return samePassword && !now.access().disabled();
    }

    /**
     * Whether the password is that of the user as he registered, whatever it is now, and his door is open. The registration that
     * asks for it is in the log.
     */
    boolean provesRegistration(User first, Password password, Deadline deadline) {
        boolean matches = hasher.verifyCommitted(password, first.passwordHash(), deadline);
        User now = store.userById(first.id());
        if (now == null || lockout.isClosed(now)) {
            record(now, now == null ? "unknown" : "locked");
            return false;
        }
        if (!matches) {
            lockout.failed(now);
            Origin.failed();
            record(now, "wrong");
        }
        return matches;
    }
}
