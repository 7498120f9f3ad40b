package io.muster.chaos;

import io.muster.history.Operation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** See {@code ./chaos}. Exit codes: 0 sound, 1 something is wrong, 3 void, 64 wrong usage. */
public final class Chaos {

    private static final int USAGE = 64;

    private Chaos() {}

    /** Takes the packaged product from the system property {@code muster.jar}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ChaosOptions options;
        try {
            options = ChaosOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + ChaosOptions.USAGE);
            System.exit(USAGE);
            return;
        }
        System.exit(run(options, Path.of(System.getProperty("muster.jar")), System.out)
                .exitCode());
    }

    /** Does it all, and leaves nothing behind unless something was wrong. */
    static Verdict run(ChaosOptions options, Path jar, PrintStream out) throws IOException, InterruptedException {
        out.println("seed " + options.seed());
        Machine machine = Machine.probe(options.faults());
        machine.skipped().forEach((kind, reason) -> out.println("skipped " + kind.word() + ": " + reason));
        Schedule schedule = Schedule.of(options.seed(), options.length(), machine.faults());

        Path directory = Files.createTempDirectory("muster-chaos-");
        Cluster cluster = new Cluster(jar, directory, machine);
        AtomicBoolean keep = new AtomicBoolean();
        Thread cleaner = new Thread(() -> clean(cluster, directory, keep.get()));
        Runtime.getRuntime().addShutdownHook(cleaner);
        Verdict verdict;
        try (HistoryFile history = options.history() == null ? null : new HistoryFile(options.history())) {
            Consumer<Operation> sink = history == null ? _ -> {} : history;
            verdict = new Run(cluster, new Recorder(sink), out).carryOut(options, schedule);
        }
        out.println(verdict);
        keep.set(verdict.exitCode() == 1);
        if (keep.get()) {
            out.println("logs and data are kept in " + directory);
        }
        Runtime.getRuntime().removeShutdownHook(cleaner);
        clean(cluster, directory, keep.get());
        return verdict;
    }

    private static void clean(Cluster cluster, Path directory, boolean keep) {
        cluster.close();
        if (!keep) {
            try {
                Directories.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
