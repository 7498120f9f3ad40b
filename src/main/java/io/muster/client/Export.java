package io.muster.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All users in lines of JSON, by name; where one answer breaks off, another server goes on behind the last name. For one thread, once.
 */
final class Export {

    /** So many servers may die meanwhile; where all of them break off again and again, that is not it. */
    private static final int MAXIMUM_ANSWERS = 100;

    private static final String PATH = "/users/export";

    private Calls calls;
    private final WholeLines lines;

    Export(Calls calls, OutputStream sink) {
        this.calls = calls;
        this.lines = new WholeLines(sink);
    }

    /** @throws IOException where the sink failed */
    void run() throws IOException, InterruptedException {
        try {
            Optional<BrokenOffException> broken = stream(PATH);
            for (int answers = 1; broken.isPresent(); answers++) {
                if (answers == MAXIMUM_ANSWERS) {
                    throw unavailable(broken.get(), "");
                }
                broken = goOn(broken.get());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Optional<BrokenOffException> stream(String path) throws InterruptedException {
        try {
            calls.stream(path, lines);
            return Optional.empty();
        } catch (BrokenOffException e) {
            return Optional.of(e);
        }
    }

    private Optional<BrokenOffException> goOn(BrokenOffException broken) throws InterruptedException {
        String name = Calls.encoded(lastName(broken));
        // Of what is left of the order: so that all are asked before one is again.
        calls = calls.withLast(broken.server());
        try {
            return stream(PATH + "?after=" + name);
        } catch (RefusedException e) {
            // Only whoever begins has to have a session: a long export outlives it.
            throw e.status() == Http.UNAUTHORIZED
                    ? unavailable(broken, "; the session has ended, so that no other server can go on")
                    : e;
        }
    }

    private String lastName(BrokenOffException broken) {
        try {
            return JsonMapper.shared()
                    .readTree(lines.last())
                    .path("username")
                    .stringValueOpt()
                    .orElseThrow(() -> unavailable(broken, ""));
        } catch (JacksonException e) {
            throw unavailable(broken, "");
        }
    }

    private static UnavailableException unavailable(BrokenOffException broken, String further) {
        return new UnavailableException(false, broken.getMessage() + further);
    }
}
