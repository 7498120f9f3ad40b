package io.muster.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators do with users. Calls throw as {@link MusterClient} says. Safe for use by several threads. */
public final class UserAdministration {

    private static final int MAXIMUM_IMPORT_BYTES = 1024 * 1024;

    private final Calls calls;

    UserAdministration(Calls calls) {
        this.calls = calls;
    }

    /**
     * Some users, by name.
     *
     * @param prefix of the names; empty for all
     * @param after {@link UserPage#next} of the page before; null for the first page
     * @param limit how many at most, 1 to 1,000
     */
    public UserPage list(String prefix, @Nullable String after, int limit) throws InterruptedException {
        String from = after == null ? "" : "&after=" + Calls.encoded(after);
        return calls.get("/users?prefix=" + Calls.encoded(prefix) + "&limit=" + limit + from, UserPage.class);
    }

    public User get(UUID id) throws InterruptedException {
        return calls.get("/users/" + id, User.class);
    }

    /** Changes a user, which ends his sessions, and answers with what he is then. Tried again at will: each time all of it holds again. */
    public User change(UUID id, UserChange change) throws InterruptedException {
        return calls.send("PATCH", "/users/" + id, change, Request.Effect.IDEMPOTENT, User.class);
    }

    public void delete(UUID id) throws InterruptedException {
        calls.send("DELETE", "/users/" + id, null);
    }

    /** A code by which the user sets a password; ends the one that was given before. */
    public ResetCode giveResetCode(UUID id) throws InterruptedException {
        return calls.send("POST", "/users/" + id + "/reset-code", Map.of(), Request.Effect.ONCE, ResetCode.class);
    }

    /** Makes a new key for tokens; refused as {@code rotation-under-way}. */
    public void rotateKeys() throws InterruptedException {
        calls.send("POST", "/tokens/keys", null);
    }

    /**
     * Imports users, tried again at will: whom a try has created whose answer was lost counts as a conflict in the next.
     *
     * @param lines of JSON in UTF-8, 1 MiB at most together, so that an import takes seconds; send more in parts
     * @param stopAtError whether the import ends at the first line that is no user, or goes on behind it
     */
    public ImportSummary importUsers(byte[] lines, boolean stopAtError) throws InterruptedException {
        if (lines.length > MAXIMUM_IMPORT_BYTES) {
            throw new IllegalArgumentException("an import has 1 MiB at most, and not " + lines.length + " bytes");
        }
        String path = "/users/import?onError=" + (stopAtError ? "stop" : "skip");
        return calls.send(
                calls.body("POST", path, "application/x-ndjson", lines, Request.Effect.IDEMPOTENT, Map.of()),
                ImportSummary.class);
    }

    /**
     * Writes all users to {@code sink}, by name, as lines of JSON with their hashes. Where a server breaks off, another goes on
     * behind the last user that came whole, as long as the session lives. {@code sink} gets whole lines only, and all of them only if
     * this returns.
     *
     * @throws IOException where {@code sink} failed
     */
    public void exportUsers(OutputStream sink) throws IOException, InterruptedException {
        new Export(calls, sink).run();
    }
}
