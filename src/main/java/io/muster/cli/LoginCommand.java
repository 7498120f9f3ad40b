package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.UnavailableException;
import picocli.CommandLine.Command;

@Command(
        name = "login",
        description = "Logs in a user.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./muster login -u user1 -p pass123"})
final class LoginCommand extends AccountCommand {

    LoginCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(MusterClient client, String username, String password) throws InterruptedException {
        String known = client.login(username, password).username();
        terminal().out().println("logged in as " + Terminal.printable(known));
        return ExitCode.OK;
    }

    @Override
    String failure(UnavailableException unavailable) {
        return "not logged in: no server could check the password";
    }
}
