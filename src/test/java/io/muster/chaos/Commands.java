package io.muster.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs small programs of the operating system. */
final class Commands {

    private static final int BOUND_SECONDS = 30;

    /**
     * How one ended.
     *
     * @param output both streams
     */
    record Result(int exitCode, String output) {

        boolean isOk() {
            return exitCode == 0;
        }
    }

    private Commands() {}

    /**
     * Runs to the end, for half a minute at most.
     *
     * @throws UncheckedIOException when it cannot be started, or does not end
     */
    static Result run(String... command) {
        try {
            Path output = Files.createTempFile("muster-chaos-", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                return new Result(exitCode(process, command), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException when it does not end with 0 */
    static void require(String... command) {
        Result result = run(command);
        if (!result.isOk()) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + result.exitCode() + ": " + result.output());
        }
    }

    /** Whether such a program is on the path. */
    static boolean exist(String... programs) {
        String path = String.valueOf(System.getenv("PATH"));
        return Arrays.stream(programs)
                .allMatch(program -> List.of(path.split(":", -1)).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))));
    }

    private static int exitCode(Process process, String... command) throws IOException {
        try {
            if (process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " does not end");
    }
}
