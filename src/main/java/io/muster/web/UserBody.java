package io.muster.web;

import io.muster.users.Account;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as administrators see him. */
@Schema(name = "User")
record UserBody(
        UUID id,
        String username,
        Instant createdAt,
        boolean disabled,
        List<String> roles,

        @Schema(
                types = {"string", "null"},
                format = "date-time",
                description = "null unless logins are refused until then")
        @Nullable
        Instant lockedUntil) {

    static UserBody of(Account account) {
        return new UserBody(
                account.id(),
                account.username(),
                account.createdAt(),
                account.disabled(),
                account.roles(),
                account.lockedUntil());
    }
}
