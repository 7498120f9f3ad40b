package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.AccountChange;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator changes of a user; what is left out stays as it is.
 */
record AccountChangeRequest(
        @JsonProperty("disabled") @Nullable Boolean disabled,
        @JsonProperty("roles") @Nullable List<@Nullable String> roles,
        @JsonProperty("locked") @Nullable Boolean locked) {

    AccountChange checked() {
        if (roles != null && roles.stream().anyMatch(Objects::isNull)) {
            throw new MalformedRequestException("the field 'roles' is a list of strings");
        }
        List<String> complete = roles == null ? null : List.copyOf(roles);
        return new AccountChange(disabled, complete, locked);
    }
}
