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
        @Schema(example = Examples.ID) UUID id,

        @Schema(example = "user1") String username,
        @Schema(example = Examples.TIME) Instant createdAt,
        @Schema(example = "false") boolean disabled,
        @Schema(example = "[\"auditor\"]") List<String> roles,

        @Schema(
                types = {"string", "null"},
                format = "date-time",
                description = "null unless logins are refused until then",
                example = "2026-11-25T05:13:05.321Z")
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
