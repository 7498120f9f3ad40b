package io.muster.users;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the users, in the order of their names.
 *
 * @param next the name behind which the next page begins, null where this was the last
 * @param index log index of the state that was read
 */
public record UserPage(List<Account> users, @Nullable String next, long index) {

    public UserPage {
        users = List.copyOf(users);
    }
}
