package io.muster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Turns the process into a server: the request is for {@code main} to fulfil. */
@Command(
        name = "node",
        description = "Runs one replica in the foreground, with the settings of application-node<ID>.yml.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./muster node --id 1"})
final class NodeCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--id", required = true, paramLabel = "ID", description = "The replica's number, 1 or greater.")
    private int id;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "This replica's own directory (default: the setting muster.data-dir).")
    private @Nullable Path data;

    private Optional<Invocation> request = Optional.empty();

    @Override
    public void run() {
        if (id < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--id is 1 or greater");
        }
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.profiles.active=node" + id);
        if (data != null) {
            arguments.add("--muster.data-dir=" + data.toAbsolutePath());
        }
        request = Optional.of(new Invocation.Serve(arguments));
    }

    /** Empty unless the command was given, and given rightly. */
    Optional<Invocation> request() {
        return request;
    }
}
