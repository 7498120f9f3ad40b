package io.muster.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The process of one replica: a JVM that runs the packaged product and gets its settings by the environment. */
final class Server {

    private static final int LAST_LINES = 5;

    private final Process process;
    private final Path output;

    private Server(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * @param jar the packaged product
     * @param environment all of it
     * @param output takes what it says, behind what is there
     */
    static Server start(Path jar, Map<String, String> environment, Path output) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Server(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, such as STOP; nothing where the process has ended. */
    void signal(String name) {
        if (process.isAlive()) {
            var _ = Commands.run("kill", "-" + name, Long.toString(process.pid()));
        }
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The exit code, if it ends in good time. */
    OptionalInt awaitEnd(Duration bound) throws InterruptedException {
        return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** Exit code and last words of one that has ended. */
    String ending() {
        try {
            List<String> lines = Files.readAllLines(output);
            String words = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
            return "exit code " + process.exitValue() + ", last lines:\n  " + words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
