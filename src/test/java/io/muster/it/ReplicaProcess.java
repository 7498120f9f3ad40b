package io.muster.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of the built jar, in a JVM of its own that gets its settings by the environment. */
final class ReplicaProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    private final Process process;
    private final Path output;

    private ReplicaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output takes what it says, behind what is there */
    static ReplicaProcess start(Map<String, String> settings, Path output) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        System.getProperty("muster.jar"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        settings.forEach((name, value) -> builder.environment().put(environmentName(name), value));
        try {
            return new ReplicaProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String environmentName(String setting) {
        return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it is alive, or fails with what it said. */
    void awaitAlive(FrontDoor door) {
        await().atMost(PATIENCE).failFast(this::requireRunning).until(door::isAlive);
    }

    private void requireRunning() {
        if (!process.isAlive()) {
            throw new AssertionError("ended with exit code " + process.exitValue() + ":\n" + said());
        }
    }

    /** Waits for its end, however it comes. */
    int awaitExit() throws InterruptedException {
        return awaitExit(PATIENCE);
    }

    /** SIGTERM, and the exit code that it ends with in good time. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit(STOP_BOUND);
    }

    private int awaitExit(Duration bound) throws InterruptedException {
        if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after " + bound + ":\n" + said());
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    List<String> lines() {
        return said().lines().toList();
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
