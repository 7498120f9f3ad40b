package io.muster.users;

/** One change to the registry, as it stands in the log. */
sealed interface RegistryCommand
        permits RegisterCommand, AccountCommand, AddFirstAdministrator, AddSigningKey, ByAdministrator, ImportUsers {}
