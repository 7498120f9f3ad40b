package io.muster.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code register} and {@code login} share: a name, a password, and the way to report an answer. */
abstract class AccountCommand implements Callable<Integer> {

    private final Terminal terminal;

    @CommandLine.Spec
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

    @Mixin
    private ServersOption servers = new ServersOption();

    AccountCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        String secret = password == null ? readPassword() : password;
        try (Http http = new Http()) {
            return report(request(new RegistryClient(http, servers.servers(), Pace.SYSTEM), username, secret));
        }
    }

    abstract Answer request(RegistryClient client, String username, String password) throws InterruptedException;

    /** One line for a person. */
    abstract String success(Answer.Accepted answer);

    /** One line that says what may be assumed now. */
    abstract String failure(Answer.Unavailable answer);

    private String readPassword() throws IOException {
        return terminal.readPassword()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "there is no password: give -p, or one line on standard input"));
    }

    private int report(Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> {
                terminal.out().println(success(accepted));
                yield ExitCode.OK;
            }
            case Answer.Refused refused -> {
                terminal.err().println("refused: " + summary(refused));
                refused.reasons().forEach(reason -> terminal.err().println("  " + reason));
                yield ExitCode.REFUSED;
            }
            case Answer.Unavailable unavailable -> {
                terminal.err().println(failure(unavailable));
                terminal.err().println("  " + unavailable.reason());
                yield ExitCode.UNAVAILABLE;
            }
        };
    }

    private static String summary(Answer.Refused refused) {
        return switch (refused.code()) {
            case "username-taken" -> "the name is taken";
            case "invalid-credentials" -> "wrong name or password";
            case "policy-violation" -> "the name or the password is not acceptable";
            case "" -> "HTTP status " + refused.status();
            default -> refused.code();
        };
    }
}
