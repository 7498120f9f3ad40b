package io.muster.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options {@code -u} and {@code -p}, the same for every command that acts for a user. */
final class CredentialsOptions {

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = {"-u", "--username"},
            required = true,
            paramLabel = "NAME",
            description = "The user's name.")
    private String username = "";

    @Option(
            names = {"-p", "--password"},
            paramLabel = "PASSWORD",
            description = {
                "The password. When left out, it is asked for, or read as one line from standard input.",
                "Other users of this machine can see what is given here."
            })
    private @Nullable String password;

    String username() {
        return username;
    }

    String password(Terminal terminal) throws IOException {
        if (password != null) {
            return password;
        }
        return terminal.readPassword()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "there is no password: give -p, or one line on standard input"));
    }
}
