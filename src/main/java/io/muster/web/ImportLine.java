package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.ImportedUser;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
        if (roles != null && roles.stream().anyMatch(Objects::isNull)) {
            throw new MalformedRequestException("the field 'roles' is a list of strings");
        }
        return new ImportedUser(
                MalformedRequestException.required("username", username),
                MalformedRequestException.required("hash", hash),
                id,
                createdAt,
                roles == null ? List.of() : List.copyOf(roles),
                Boolean.TRUE.equals(disabled));
    }

    @Override
    public String toString() {
        return "ImportLine[redacted]";
    }
}
