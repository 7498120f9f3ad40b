package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.RegisteredUser;
import io.muster.client.UnavailableException;
import picocli.CommandLine.Command;

@Command(
        name = "register",
        description = "Registers a user.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./muster register -u user1 -p pass123"})
final class RegisterCommand extends AccountCommand {

    RegisterCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(MusterClient client, String username, String password) throws InterruptedException {
        RegisteredUser user = client.register(username, password);
        terminal().out().println("registered " + Terminal.printable(user.username()) + " (id " + user.id() + ")");
        return ExitCode.OK;
    }

    @Override
    String failure(UnavailableException unavailable) {
        return unavailable.mayHaveHappened()
                ? "outcome unknown: the user may have been registered, or may yet be; a login tells"
                : "not registered: no server could do it";
    }
}
