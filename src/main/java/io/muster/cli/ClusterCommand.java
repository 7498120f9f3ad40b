package io.muster.cli;

import io.muster.client.Http;
import io.muster.client.Pace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cluster",
        description = "Runs three replicas on this machine, as three processes; Ctrl-C stops them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./muster cluster --fresh"})
final class ClusterCommand implements Callable<Integer> {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final int PROBE_MILLIS = 300;
    private static final List<URI> URLS = ServersOption.defaults();

    private final Terminal terminal;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where the replicas keep their data, DIR/node1 and so on (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--fresh", description = "Deletes the data of former runs before it starts.")
    private boolean fresh;

    ClusterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            checkPorts();
            if (fresh) {
                DataDirectories.delete(ids().mapToObj(this::directory).toList());
            }
        } catch (Refusal e) {
            terminal.err().println("refused: " + e.getMessage());
            return ExitCode.REFUSED;
        }
        LocalCluster cluster = start();
        try (Http http = new Http()) {
            announce(cluster.awaitReady(http, Pace.SYSTEM, START_TIMEOUT));
        }
        cluster.awaitEnd();
        terminal.err().println("muster: no replica is left");
        return ExitCode.REFUSED;
    }

    private LocalCluster start() throws IOException {
        LocalCluster cluster = new LocalCluster(terminal, STOP_TIMEOUT);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster), "stop replicas"));
        for (int id : ids().toArray()) {
            cluster.start("node" + id, URLS.get(id - 1), serverCommand(id));
        }
        return cluster;
    }

    private static void stop(LocalCluster cluster) {
        try {
            cluster.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The Java machine, its options and the jar are those of this process. */
    private List<String> serverCommand(int id) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-jar", System.getProperty("java.class.path")));
        command.addAll(List.of(
                "node", "--id", String.valueOf(id), "--data", directory(id).toString()));
        return command;
    }

    private Path directory(int id) {
        return data.resolve("node" + id);
    }

    private static IntStream ids() {
        return IntStream.rangeClosed(1, URLS.size());
    }

    /** Before anything is deleted: a running replica would lose its data under its feet. */
    private static void checkPorts() throws Refusal {
        for (URI url : URLS) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(url.getHost(), url.getPort()), PROBE_MILLIS);
                throw new Refusal("something listens on " + url.getAuthority() + " already; stop it first");
            } catch (Refusal e) {
                throw e;
            } catch (IOException _) {
                // Nobody is there, as it should be.
            }
        }
    }

    private void announce(List<Replica> ready) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  " + ready.size() + " of " + URLS.size() + " replicas are ready:");
        ready.forEach(replica -> lines.add("    " + replica.name() + "  " + replica.url()));
        if (!ready.isEmpty()) {
            lines.add("");
            lines.add("  Register a user:");
            lines.add("    curl -i " + ready.getFirst().url() + "/users/register \\");
            lines.add(
                    "      -H 'Content-Type: application/json' -d '{\"username\":\"user1\",\"password\":\"pass123\"}'");
            lines.add("  or: ./muster register -u user1 -p pass123");
            lines.add("");
            lines.add("  Ctrl-C stops all.");
        }
        lines.add("");
        terminal.out().println(String.join(System.lineSeparator(), lines));
    }
}
