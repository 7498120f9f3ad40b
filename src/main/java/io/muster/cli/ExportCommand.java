package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.UnavailableException;
import io.muster.client.UserAdministration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Writes all users to a file, one a line, with the hashes of their passwords.",
            "For administrators."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./muster export -u root -o users.ndjson"})
final class ExportCommand extends AccountCommand {

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Where to; replaced only once the export is whole.")
    private Path output = Path.of("");

    ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(MusterClient client, String username, String password) throws IOException, InterruptedException {
        Path directory = output.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(output)) {
            throw new Refusal(output + " is no file in a directory that is there");
        }
        Path part = Files.createTempFile(
                directory,
                ".muster-export",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // Of a command that is interrupted as well.
        part.toFile().deleteOnExit();
        try {
            long users = write(client.login(username, password).administration(), part);
            Files.move(part, output, StandardCopyOption.ATOMIC_MOVE);
            terminal().out().println("exported " + users + " users to " + output);
            return ExitCode.OK;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long write(UserAdministration administration, Path part) throws IOException, InterruptedException {
        Progress progress = new Progress(terminal(), "users exported");
        try (LineCount file = new LineCount(Files.newOutputStream(part), progress::at)) {
            administration.exportUsers(file);
            return file.lines();
        } finally {
            progress.end();
        }
    }

    @Override
    String failure(UnavailableException unavailable) {
        return "not exported: no server could do all of it";
    }
}
