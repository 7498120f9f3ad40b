package io.muster.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** All users in lines of JSON, by name; where one answer breaks off, the next goes on behind the last name. For one thread, once. */
final class Export {

    /** Each answer but the last has brought a line; a server that dies is waited for by {@link Failover}. */
    private static final int MAXIMUM_ANSWERS = 100;

    private final Calls calls;
    private final WholeLines lines;

    Export(Calls calls, OutputStream sink) {
        this.calls = calls;
        this.lines = new WholeLines(sink);
    }

    /** @throws IOException where the sink failed */
    void run() throws IOException, InterruptedException {
        try {
            String path = "/users/export";
            for (int answers = 1; ; answers++) {
                try {
                    calls.stream(path, lines);
                    return;
                } catch (BrokenOffException e) {
                    if (answers == MAXIMUM_ANSWERS) {
                        throw e;
                    }
                    path = "/users/export?after=" + URLEncoder.encode(lastName(e), StandardCharsets.UTF_8);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** @throws UnavailableException where the line names nobody: {@code broken}, since nothing can go on behind it */
    private String lastName(BrokenOffException broken) {
        try {
            return JsonMapper.shared()
                    .readTree(lines.last())
                    .path("username")
                    .stringValueOpt()
                    .orElseThrow(() -> broken);
        } catch (JacksonException e) {
            throw broken;
        }
    }
}
