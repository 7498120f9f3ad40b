package io.muster.users;

import java.util.UUID;

/**
 * Asks for something as an administrator. His token was valid when he showed it; whether he still is one is asked anew where it
 * is applied.
 *
 * @param administratorId who asks
 * @param expectedEpoch of his token
 * @param command what he asks for; not one of these again
 */
record ByAdministrator(UUID administratorId, long expectedEpoch, RegistryCommand command) implements RegistryCommand {

    ByAdministrator {
        if (command instanceof ByAdministrator) {
            throw new IllegalArgumentException("one administrator asks for a command");
        }
    }
}
