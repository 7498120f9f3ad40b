package io.muster.client;

import java.util.List;
import java.util.Optional;

/**
 * Some of the users, by name.
 *
 * @param next what to ask for as {@code after}, to go on; empty at the end
 */
public record UserPage(List<User> users, Optional<String> next) {

    public UserPage {
        users = List.copyOf(users);
    }
}
