package io.muster.users;

import io.muster.users.store.User;

/** Asks to insert an administrator, if there is none. */
record AddFirstAdministrator(User user) implements RegistryCommand {}
