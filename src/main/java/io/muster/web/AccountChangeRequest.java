package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.AccountChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator changes of a user; what is left out stays as it is.
 */
record AccountChangeRequest(
        @JsonProperty("disabled") @Nullable Boolean disabled,
        @JsonProperty("roles") @Nullable List<@Nullable String> roles,
        @JsonProperty("locked") @Nullable Boolean locked) {

    AccountChange checked() {
        return new AccountChange(disabled, MalformedRequestException.strings("roles", roles), locked);
    }
}
