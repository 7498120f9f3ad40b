package io.muster.users;

/** What applying a {@link RegistryCommand} did. */
sealed interface RegistryResult permits RegisterResult, ChangeResult, ImportResult {}
