package io.muster.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** One server that runs as a child process of this one. */
final class Replica {

    private static final int MAX_LINE_CHARS = 8 * 1024;

    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final String name;
    private final URI url;
    private final Process process;
    private final Thread log;

    private Replica(String name, URI url, Process process, Thread log) {
        this.name = name;
        this.url = url;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it. What it prints appears on {@code terminal}, line by line.
     *
     * @param label stands before every line
     * @param command the program and its arguments
     * @param onExit gets its exit code, after its last line
     */
    static Replica start(
            String name, URI url, String label, List<String> command, Terminal terminal, IntConsumer onExit)
            throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread log = Thread.ofPlatform().daemon().name("log of " + name).start(() -> {
            copyLog(process, label, terminal);
            onExit.accept(process.onExit().join().exitValue());
        });
        return new Replica(name, url, process, log);
    }

    String name() {
        return name;
    }

    URI url() {
        return url;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended and all that it printed was shown. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
        log.join(LAST_LINES);
    }

    /** SIGTERM: it stops by itself, in its time. */
    void terminate() {
        // Process.destroy would close its output as well, and its last lines be lost.
        process.toHandle().destroy();
    }

    /** Waits until it has ended; SIGKILL when it takes longer than this. */
    void endWithin(long nanos) throws InterruptedException {
        if (!process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
    }

    private static void copyLog(Process process, String label, Terminal terminal) {
        StringBuilder line = new StringBuilder();
        try (Reader log = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            int next;
            while ((next = log.read()) >= 0) {
                if (next != '\n') {
                    line.append((char) next);
                }
                if (next == '\n' || line.length() == MAX_LINE_CHARS) {
                    terminal.out().println(label + line);
                    line.setLength(0);
                }
            }
            if (!line.isEmpty()) {
                terminal.out().println(label + line);
            }
        } catch (IOException e) {
            terminal.err().println(label + "(its log ends here: " + e.getMessage() + ")");
        }
    }
}
