package io.muster.cli;

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
    Answer request(RegistryClient client, String username, String password) throws InterruptedException {
        return client.login(username, password);
    }

    @Override
    String success(Answer.Accepted answer) {
        return "logged in as " + answer.username();
    }

    @Override
    String failure(Answer.Unavailable answer) {
        return "not logged in: no server could check the password";
    }
}
