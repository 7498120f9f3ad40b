package io.muster.cli;

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
    Answer request(RegistryClient client, String username, String password) throws InterruptedException {
        return client.register(username, password);
    }

    @Override
    String success(Answer.Accepted answer) {
        return "registered " + answer.username() + " (id " + answer.id() + ")";
    }

    @Override
    String failure(Answer.Unavailable answer) {
        return answer.mayHaveHappened()
                ? "outcome unknown: the user may have been registered, or may yet be; a login tells"
                : "not registered: no server could do it";
    }
}
