package io.muster.users;

import io.muster.users.store.User;
import java.util.List;

/** Asks to insert users of elsewhere, each for itself. */
record ImportUsers(List<User> users) implements RegistryCommand {

    ImportUsers {
        users = List.copyOf(users);
        if (!users.stream().allMatch(User::isNew)) {
            throw new IllegalArgumentException("imported users are new");
        }
    }
}
