package io.muster.cli;

import io.muster.client.ImportSummary;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.Pace;
import io.muster.client.Session;
import io.muster.client.UnavailableException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "Imports users from a file of lines of JSON, with the hashes of their passwords. For administrators.",
            "Tells of each line that is no user, or whose name or id another user holds, by its number."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if every line is a user, also if he was there already, else 1.",
            "Example: ./muster import users.ndjson -u root"
        })
final class ImportCommand extends AccountCommand {

    /** What to do about a line that is no user. */
    enum OnError {
        skip,
        stop
    }

    private final Pace pace;

    @Parameters(paramLabel = "FILE", description = "One user a line: {\"username\":...,\"hash\":...}")
    private Path file = Path.of("");

    @Option(
            names = "--on-error",
            paramLabel = "skip|stop",
            defaultValue = "skip",
            description = "What to do about a line that is no user (default: ${DEFAULT-VALUE}).")
    private OnError onError = OnError.skip;

    @Option(
            names = "--from-line",
            paramLabel = "N",
            defaultValue = "1",
            description = "Goes on with this line, where an import has stopped.")
    private long fromLine = 1;

    private long created;
    private long conflicts;
    private long invalid;

    ImportCommand(Terminal terminal, Pace pace) {
        super(terminal);
        this.pace = pace;
    }

    @Override
    int run(MusterClient client, String username, String password) throws IOException, InterruptedException {
        if (fromLine < 1) {
            throw new Refusal("the first line is 1, so --from-line is 1 or greater");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Refusal("there is no file " + file + " that can be read");
        }
        Progress progress = new Progress(terminal(), "lines sent");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            LineBatches lines = new LineBatches(in);
            lines.skipTo(fromLine);
            importAll(lines, new FreshSession(client, username, password), progress);
        } finally {
            progress.end();
        }
        terminal().out().println(counts());
        return invalid == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }

    private String counts() {
        return "created " + created + ", conflicts " + conflicts + ", invalid " + invalid;
    }

    private void importAll(LineBatches lines, FreshSession sessions, Progress progress)
            throws IOException, InterruptedException {
        long done = lines.nextLine();
        try {
            while (!lines.ended() && !(onError == OnError.stop && invalid > 0)) {
                LineBatches.Batch batch = lines.next();
                if (!batch.isEmpty()) {
                    take(batch, sessions.get().administration().importUsers(batch.bytes(), onError == OnError.stop));
                }
                done = lines.nextLine();
                progress.at(done - fromLine);
            }
        } catch (MusterException | IOException e) {
            terminal().err().println("stopped, so far " + counts() + "; go on with --from-line " + done);
            throw e;
        }
    }

    private void take(LineBatches.Batch batch, ImportSummary summary) {
        created += summary.created();
        conflicts += summary.conflicts();
        invalid += summary.invalid();
        for (ImportSummary.LineError error : summary.errors()) {
            terminal()
                    .err()
                    .println("line " + (batch.firstLine() + error.line() - 1) + ": "
                            + Terminal.printable(error.code() + ": " + error.detail()));
        }
    }

    @Override
    String failure(UnavailableException unavailable) {
        return "not imported further: no server could do it";
    }

    /** A session that is good for a while yet: a long import outlives a token. */
    private final class FreshSession {

        private final MusterClient client;
        private final String username;
        private final String password;
        private Session session;
        private long renewNanos;

        /** Logs in, so that a password that is wrong stops nothing that has begun. */
        FreshSession(MusterClient client, String username, String password) throws InterruptedException {
            this.client = client;
            this.username = username;
            this.password = password;
            this.session = client.login(username, password);
            this.renewNanos = renewNanos();
        }

        private long renewNanos() {
            return pace.nanoTime() + session.lifetime().toNanos() / 2;
        }

        Session get() throws InterruptedException {
            if (pace.nanoTime() - renewNanos > 0) {
                session = session.refreshToken().isPresent()
                        ? client.refresh(session.refreshToken().get())
                        : client.login(username, password);
                renewNanos = renewNanos();
            }
            return session;
        }
    }
}
