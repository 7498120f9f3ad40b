package io.muster.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator changes of a user; null leaves it as it is.
 *
 * @param disabled whether logins and tokens are refused
 * @param roles all that the user is to have
 * @param locked false ends a lock; true is refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserChange(
        @Nullable Boolean disabled,
        @Nullable List<String> roles,
        @Nullable Boolean locked) {

    public UserChange {
        roles = roles == null ? null : List.copyOf(roles);
    }

    /** Disables or enables. */
    public static UserChange disabled(boolean disabled) {
        return new UserChange(disabled, null, null);
    }

    /** Gives these roles, and takes all others. */
    public static UserChange roles(List<String> roles) {
        return new UserChange(null, roles, null);
    }

    /** Ends a lock, and forgets the failures. */
    public static UserChange unlocked() {
        return new UserChange(null, null, false);
    }
}
