package io.muster.cli;

import io.muster.client.Http;
import io.muster.client.Pace;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows every server of the cluster.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 if a majority of the servers knows one leader, else 2."})
final class StatusCommand implements Callable<Integer> {

    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final String CLEAR_SCREEN = "\033[H\033[J";

    private final Terminal terminal;
    private final Pace pace;

    @Option(names = "--watch", description = "Shows it anew every second, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin
    private ServersOption servers = new ServersOption();

    StatusCommand(Terminal terminal, Pace pace) {
        this.terminal = terminal;
        this.pace = pace;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Http http = new Http()) {
            ClusterStatus status = show(http);
            while (watch) {
                pace.pause(REFRESH);
                status = show(http);
            }
            return status.leader().isPresent() ? ExitCode.OK : ExitCode.UNAVAILABLE;
        }
    }

    private ClusterStatus show(Http http) throws InterruptedException {
        ClusterStatus status = ClusterStatus.ask(http, servers.servers());
        String clear = watch && !json && terminal.isInteractive() ? CLEAR_SCREEN : "";
        terminal.out().print(clear + (json ? StatusTable.json(status) : StatusTable.text(status)));
        terminal.out().flush();
        return status;
    }
}
