package io.muster.users;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of roles. Muster itself knows one, {@link io.muster.users.store.Access#ADMINISTRATOR}; others are for who reads its tokens. */
final class Role {

    /** How many roles a user may have. */
    static final int MAXIMUM = 16;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.:-]{0,63}");

    private Role() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean areAllowed(List<String> roles) {
        return roles.size() <= MAXIMUM && roles.stream().allMatch(Role::isName);
    }

    /** Refuses with an {@link IllegalArgumentException}, which does not contain them, what are no roles; null is none. */
    static void requireAll(@Nullable List<String> roles) {
        if (roles != null && !areAllowed(roles)) {
            throw new IllegalArgumentException("the command's roles are too many, or not names of roles");
        }
    }
}
