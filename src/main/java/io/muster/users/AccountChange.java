package io.muster.users;

import io.muster.users.store.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator changes of a user.
 *
 * @param disabled whether the user may not log in; null to leave it as it is
 * @param roles in any order; null to leave them as they are
 * @param locked false to end a lock, and to forget the failures that led to it; null to leave it as it is
 */
public record AccountChange(
        @Nullable Boolean disabled,
        @Nullable List<String> roles,
        @Nullable Boolean locked) {

    public AccountChange {
        roles = roles == null ? null : Access.ordered(roles);
    }

    boolean isNone() {
        return disabled == null && roles == null && locked == null;
    }

    /** Throws {@link PolicyViolationException} where roles are too many or none, or a lock is asked for. */
    AccountChange checked() {
        if (Boolean.TRUE.equals(locked)) {
            throw new PolicyViolationException(List.of(Violation.locked()));
        }
        if (roles != null && !Role.areAllowed(roles)) {
            throw new PolicyViolationException(List.of(Violation.roles()));
        }
        return this;
    }
}
