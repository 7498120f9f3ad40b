package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.RefusedException;
import io.muster.client.UnavailableException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What commands share that act for a user: a name, a password, and the way to report what became of it. */
abstract class AccountCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private CredentialsOptions credentials = new CredentialsOptions();

    @Mixin
    private ServersOption servers = new ServersOption();

    AccountCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        String password = credentials.password(terminal);
        try (MusterClient client = new MusterClient(servers.servers())) {
            return run(client, credentials.username(), password);
        } catch (Refusal refusal) {
            terminal.err().println("muster: " + refusal.getMessage());
            return ExitCode.REFUSED;
        } catch (RefusedException refused) {
            Reports.refused(terminal, refused);
            return ExitCode.REFUSED;
        } catch (UnavailableException unavailable) {
            terminal.err().println(failure(unavailable));
            terminal.err().println("  " + Terminal.printable(String.valueOf(unavailable.getMessage())));
            return ExitCode.UNAVAILABLE;
        }
    }

    final Terminal terminal() {
        return terminal;
    }

    /** Does it, and says so. Answers with the exit code. */
    abstract int run(MusterClient client, String username, String password) throws IOException, InterruptedException;

    /** One line that says what may be assumed now. */
    abstract String failure(UnavailableException unavailable);
}
