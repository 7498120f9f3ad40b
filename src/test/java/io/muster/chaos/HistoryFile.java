package io.muster.chaos;

import io.muster.history.Operation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Writes operations as JSON, one a line, in the order of their ends. An operation without an end has no {@code return}. */
final class HistoryFile implements Consumer<Operation>, AutoCloseable {

    private final BufferedWriter out;
    private final long startNanos = System.nanoTime();

    /** @throws UncheckedIOException when it cannot be written; so do the other methods */
    HistoryFile(Path file) {
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(Operation operation) {
        try {
            out.write(line(operation, startNanos));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Times are in nanoseconds since {@code startNanos}. */
    static String line(Operation operation, long startNanos) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("client", operation.client());
        fields.put("op", operation.act().getClass().getSimpleName());
        fields.put("user", operation.user());
        fields.put("with", operation.act());
        fields.put("call", operation.callNanos() - startNanos);
        if (operation.returnNanos() != Operation.NEVER) {
            fields.put("return", operation.returnNanos() - startNanos);
        }
        fields.put(
                "outcome", operation.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return JsonMapper.shared().writeValueAsString(fields);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
