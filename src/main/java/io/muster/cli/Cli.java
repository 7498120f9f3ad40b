package io.muster.cli;

import io.muster.client.Pace;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Muster's command line. Stateless; every method may be called from any thread. */
public final class Cli {

    private Cli() {}

    /**
     * Runs the command that the arguments name. Answers {@link Invocation.Serve} for {@code node}, and for arguments that
     * name no command: none at all, or settings in Spring's form ({@code --server.port=8081}).
     *
     * @param args the arguments of {@code main}
     */
    public static Invocation run(String... args) {
        return isForSpring(args) ? new Invocation.Serve(List.of(args)) : run(Terminal.system(), args);
    }

    static Invocation run(Terminal terminal, String... args) {
        NodeCommand node = new NodeCommand();
        int code = commandLine(terminal, node).execute(args);
        return node.request().orElse(new Invocation.Exit(code));
    }

    private static boolean isForSpring(String[] args) {
        if (args.length == 0) {
            return true;
        }
        return args[0].startsWith("--") && !args[0].equals("--help") && !args[0].equals("--version");
    }

    private static CommandLine commandLine(Terminal terminal, NodeCommand node) {
        return new CommandLine(new Root())
                .addSubcommand(new ClusterCommand(terminal))
                .addSubcommand(node)
                .addSubcommand(new RegisterCommand(terminal))
                .addSubcommand(new LoginCommand(terminal))
                .addSubcommand(new ImportCommand(terminal, Pace.SYSTEM))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new StatusCommand(terminal, Pace.SYSTEM))
                .setOut(terminal.out())
                .setErr(terminal.err())
                // A password may start with @; it names no file.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((e, command, _) -> {
                    command.getErr().println("muster: " + (e.getMessage() == null ? e : e.getMessage()));
                    return ExitCode.INTERNAL;
                });
    }

    @Command(
            name = "muster",
            description = "A user registry that stays correct and available when a machine dies.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            footer = {
                "",
                "Exit codes: 0 done, 1 refused, 2 unreachable or outcome unknown, 64 wrong usage.",
                "MUSTER_JAVA_OPTS: further options for the Java machine of a server."
            })
    private static final class Root implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    private static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"muster " + (version == null ? "(development)" : version)};
        }
    }
}
