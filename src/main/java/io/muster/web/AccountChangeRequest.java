package io.muster.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.users.AccountChange;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator changes of a user; what is left out stays as it is.
 */
@Schema(name = "UserChange", additionalProperties = AdditionalPropertiesValue.FALSE)
record AccountChangeRequest(
        @Schema(description = "Whether logins and tokens are refused", example = "false")
        @JsonProperty("disabled")
        @Nullable
        Boolean disabled,

        @Schema(description = "All that the user is to have; admin is Muster's own", example = "[\"auditor\"]")
        @JsonProperty("roles")
        @Nullable
        List<@Nullable String> roles,

        @Schema(description = "false ends a lock; true is refused", example = "false") @JsonProperty("locked") @Nullable
        Boolean locked) {

    AccountChange checked() {
        return new AccountChange(disabled, MalformedRequestException.strings("roles", roles), locked);
    }
}
