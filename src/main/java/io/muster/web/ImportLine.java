package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.ImportedUser;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of an import. Never shown by {@link #toString}. */
record ImportLine(
        @JsonProperty("username") @Nullable String username,
        @JsonProperty("hash") @Nullable String hash,
        @JsonProperty("id") @Nullable UUID id,
        @JsonProperty("createdAt") @Nullable Instant createdAt,
        @JsonProperty("roles") @Nullable List<@Nullable String> roles,
        @JsonProperty("disabled") @Nullable Boolean disabled) {

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
