package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.FakeServer;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code import} and {@code export}. */
class TransferCommandsTest {

    private static final String LOGGED_IN =
            "{\"access_token\":\"to.ke.n\",\"token_type\":\"Bearer\",\"expires_in\":900,"
                    + "\"user\":{\"id\":\"00000000-0000-0000-0000-000000000f8c\",\"username\":\"root\"}}";

    @TempDir
    private Path directory;

    private final FakeServer server = new FakeServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        server.close();
    }

    private Invocation run(String... args) {
        String[] all = Stream.concat(
                        Stream.of(args),
                        Stream.of(
                                "-u",
                                "root",
                                "-p",
                                "s3cret",
                                "--servers",
                                server.url().toString()))
                .toArray(String[]::new);
        Terminal terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(err, true), InputStream.nullInputStream(), null);
        return Cli.run(terminal, all);
    }

    private String file(String text) throws Exception {
        return Files.writeString(directory.resolve("users.ndjson"), text).toString();
    }

    private static String summary(int created, int conflicts, int invalid, String errors) {
        return "{\"created\":%d,\"conflicts\":%d,\"invalid\":%d,\"errors\":[%s]}"
                .formatted(created, conflicts, invalid, errors);
    }

    private static String error(int line) {
        return "{\"line\":%d,\"code\":\"malformed-line\",\"detail\":\"no user\"}".formatted(line);
    }

    @Test
    void importsInPartsAndNumbersTheLinesOfTheFile() throws Exception {
        server.answers(200, LOGGED_IN)
                .answers(200, summary(500, 0, 0, ""))
                .answers(200, summary(500, 0, 0, ""))
                .answers(200, summary(0, 1, 1, error(1)));

        assertThat(run("import", file("{}\n".repeat(1000) + "{}\r\nlast"))).isEqualTo(new Invocation.Exit(1));

        assertThat(server.requests())
                .extracting(FakeServer.Request::line)
                .containsExactly(
                        "POST /users/login",
                        "POST /users/import?onError=skip",
                        "POST /users/import?onError=skip",
                        "POST /users/import?onError=skip");
        assertThat(server.requests().get(1).body()).isEqualTo("{}\n".repeat(500));
        assertThat(server.requests().getLast().body()).isEqualTo("{}\r\nlast\n");
        assertThat(server.requests().getLast().authorization()).isEqualTo("Bearer to.ke.n");
        assertThat(err).hasToString("line 1001: malformed-line: no user" + System.lineSeparator());
        assertThat(out).hasToString("created 1000, conflicts 1, invalid 1" + System.lineSeparator());
    }

    @Test
    void stopsAtABadLineAsAsked() throws Exception {
        server.answers(200, LOGGED_IN).answers(200, summary(1, 0, 1, error(2)));

        assertThat(run("import", file("{}\n".repeat(1000)), "--on-error", "stop"))
                .isEqualTo(new Invocation.Exit(1));

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().getLast().line()).endsWith("onError=stop");
    }

    @Test
    void saysWhereToGoOnAndGoesOnThere() throws Exception {
        server.answers(200, LOGGED_IN).answers(200, summary(500, 0, 0, "")).answers(403, "{\"code\":\"forbidden\"}");
        String users = file("{}\n".repeat(500) + "{\"username\":\"501\"}\n");

        assertThat(run("import", users)).isEqualTo(new Invocation.Exit(1));
        assertThat(err.toString())
                .contains("created 500, conflicts 0, invalid 0; go on with --from-line 501")
                .contains("refused: forbidden");

        server.answers(200, LOGGED_IN).answers(200, summary(1, 0, 0, ""));
        // The fake goes on with its last answer once more: the refusal, to the login.
        run("import", users, "--from-line", "501");
        assertThat(run("import", users, "--from-line", "501")).isEqualTo(new Invocation.Exit(0));
        assertThat(server.requests()
                        .subList(server.requests().size() - 2, server.requests().size()))
                .extracting(FakeServer.Request::body)
                .containsExactly("{\"username\":\"root\",\"password\":\"s3cret\"}", "{\"username\":\"501\"}\n");
    }

    @Test
    void hasNoLineBeforeTheFirst() throws Exception {
        assertThat(run("import", file("{}\n"), "--from-line", "0")).isEqualTo(new Invocation.Exit(1));
        assertThat(err.toString()).contains("--from-line is 1 or greater");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void boundsALineThatNeverEnds() throws Exception {
        server.answers(200, LOGGED_IN).answers(200, summary(0, 0, 1, error(1)));

        run("import", file("x".repeat(3_000_000) + "\n{}\n"));

        assertThat(server.requests().getLast().body()).isEqualTo("x".repeat(16 * 1024) + "\n{}\n");
    }

    @Test
    void exportsIntoAFileOfTheOwner() throws Exception {
        server.answers(200, LOGGED_IN).answers(200, "{\"username\":\"a\"}\n{\"username\":\"b\"}\n");
        Path to = Path.of(file("before"));

        assertThat(run("export", "-o", to.toString())).isEqualTo(new Invocation.Exit(0));

        assertThat(to).hasContent("{\"username\":\"a\"}\n{\"username\":\"b\"}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("rw-------");
        assertThat(out).hasToString("exported 2 users to " + to + System.lineSeparator());
        assertThat(server.requests().getLast().authorization()).isEqualTo("Bearer to.ke.n");
    }

    @Test
    void leavesTheFileAsItIsWhereTheExportFails() throws Exception {
        server.answers(200, LOGGED_IN).answers(403, "{\"code\":\"forbidden\"}");
        Path to = Path.of(file("before"));

        assertThat(run("export", "-o", to.toString())).isEqualTo(new Invocation.Exit(1));

        assertThat(to).hasContent("before");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(to);
        }
    }

    @Test
    void saysThatNoServerDidItWhereAnExportBreaksOff() throws Exception {
        server.answers(200, LOGGED_IN).breaksOff("{}\n".repeat(1_000_000));
        Path to = Path.of(file("before"));

        assertThat(run("export", "-o", to.toString())).isEqualTo(new Invocation.Exit(2));

        assertThat(to).hasContent("before");
        assertThat(err.toString()).contains("not exported").contains("broke off");
    }

    @Test
    void beginsNothingWithAPasswordThatIsWrong() throws Exception {
        server.answers(401, "{\"code\":\"invalid-credentials\"}");

        assertThat(run("import", file("{}\n"))).isEqualTo(new Invocation.Exit(1));

        assertThat(err.toString()).contains("wrong name or password").doesNotContain("--from-line");
    }

    @Test
    void saysWhereThereIsNoFile() {
        assertThat(run("import", directory.resolve("none").toString())).isEqualTo(new Invocation.Exit(1));
        assertThat(err.toString()).contains("none");
        assertThat(run("export", "-o", "/no/such/place")).isEqualTo(new Invocation.Exit(1));
    }

    @Test
    void readsBytesAsTheyAre() throws Exception {
        server.answers(200, LOGGED_IN).answers(200, summary(1, 0, 0, ""));
        run("import", file("{\"username\":\"J\u00fcrgen\"}"));
        assertThat(server.requests().getLast().body().getBytes(StandardCharsets.UTF_8))
                .isEqualTo("{\"username\":\"J\u00fcrgen\"}\n".getBytes(StandardCharsets.UTF_8));
    }
}
