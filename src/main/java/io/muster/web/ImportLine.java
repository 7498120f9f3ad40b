package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.ImportedUser;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of an import. Never shown by {@link #toString}. */
@Schema(name = "ImportedUser", additionalProperties = AdditionalPropertiesValue.FALSE)
record ImportLine(
        @Schema(requiredMode = RequiredMode.REQUIRED, example = "alice") @JsonProperty("username") @Nullable
        String username,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                description =
                        "A PHC string of Argon2id, with 256 MiB of memory at most and 1 GiB by all passes, or a bcrypt hash ($2a$,"
                                + " $2b$, $2y$)",
                example = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy")
        @JsonProperty("hash")
        @Nullable
        String hash,

        @Schema(example = Examples.ID) @JsonProperty("id") @Nullable
        UUID id,

        @Schema(example = Examples.TIME) @JsonProperty("createdAt") @Nullable
        Instant createdAt,

        @Schema(example = "[\"auditor\"]") @JsonProperty("roles") @Nullable
        List<@Nullable String> roles,

        @Schema(example = "false") @JsonProperty("disabled") @Nullable
        Boolean disabled) {

    ImportedUser checked() {
        List<String> named = MalformedRequestException.strings("roles", roles);
        return new ImportedUser(
                MalformedRequestException.required("username", username),
                MalformedRequestException.required("hash", hash),
                id,
                createdAt,
                named == null ? List.of() : named,
                Boolean.TRUE.equals(disabled));
    }

    @Override
    public String toString() {
        return "ImportLine[redacted]";
    }
}
