package io.muster.users;

import io.muster.users.store.Access;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user of elsewhere, as he was sent; nothing is valid yet. Never shows his hash in {@link #toString}.
 *
 * @param hash a PHC string of Argon2id, or a bcrypt hash
 * @param id null for a new one
 * @param createdAt null for now
 * @param roles in any order
 */
public record ImportedUser(
        String username,
        String hash,
        @Nullable UUID id,
        @Nullable Instant createdAt,
        List<String> roles,
        boolean disabled) {

    public ImportedUser {
        roles = Access.ordered(roles);
    }

    /**
     * The same as a user to insert; throws {@link InvalidImportException} where a value breaks a rule.
     *
     * @param now in the place of a time that is not given
     * @param ids in the place of an id that is not given
     */
    User checked(Instant now, Supplier<UUID> ids) {
        PasswordHash checkedHash = checkedHash();
        if (!Role.areAllowed(roles)) {
            throw new InvalidImportException(Violation.roles());
        }
        return switch (Username.check(username)) {
            case Checked.Broken<Username>(Violation violation) -> throw new InvalidImportException(violation);
            case Checked.Valid<Username>(Username name) ->
                new User(
                                id == null ? ids.get() : id,
                                name.value(),
                                checkedHash,
                                createdAtMillis(createdAt == null ? now : createdAt))
                        .withAccess(new Access(0, disabled, roles));
        };
    }

    private PasswordHash checkedHash() {
        PasswordHash given = new PasswordHash(hash);
        try {
            return StoredHash.parse(given).encode();
        } catch (IllegalArgumentException e) {
            throw new InvalidImportException(Violation.hash());
        }
    }

    private static long createdAtMillis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new InvalidImportException(Violation.time());
        }
    }

    @Override
    public String toString() {
        return "ImportedUser[redacted]";
    }
}
