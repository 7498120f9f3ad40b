package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private static final String SECRET = "s3cret-pass";
    private static final String CREATED =
            "{\"id\":\"00000000-0000-0000-0000-000000000f8c\",\"username\":\"user1\",\"createdAt\":\"2026-01-01T00:00:00Z\"}";
    private static final String LOGGED_IN =
            "{\"access_token\":\"to.ke.n\",\"token_type\":\"Bearer\",\"expires_in\":900,"
                    + "\"user\":{\"id\":\"00000000-0000-0000-0000-000000000f8c\",\"username\":\"user1\"}}";

    private final FakeServer server = new FakeServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void registersAndSaysSoInOneLine() {
        server.answers(201, CREATED);

        assertThat(register("-u", "user1", "-p", SECRET)).isEqualTo(exit(0));
        assertThat(out.toString())
                .isEqualTo("registered user1 (id 00000000-0000-0000-0000-000000000f8c)\n"
                        .replace("\n", System.lineSeparator()));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void logsInWithAPasswordFromStandardInput() {
        server.answers(200, LOGGED_IN);

        assertThat(run(
                        "gehe\u00efm!\r\nmore",
                        "login",
                        "-u",
                        "user1",
                        "--servers",
                        server.url().toString()))
                .isEqualTo(exit(0));
        assertThat(out.toString()).startsWith("logged in as user1");
        assertThat(server.requests().getFirst().body()).contains("\"password\":\"gehe\u00efm!\"");
    }

    @Test
    void doesNotTakeAnAtSignForAFile() {
        server.answers(201, CREATED);

        register("-u", "user1", "-p", "@/etc/hostname");

        assertThat(server.requests().getFirst().body()).contains("\"@/etc/hostname\"");
    }

    @Test
    void exitsWithOneWhenRefused() {
        server.answers(409, "{\"code\":\"username-taken\",\"title\":\"Taken\",\"detail\":\"choose another\"}");

        assertThat(register("-u", "user1", "-p", SECRET)).isEqualTo(exit(1));
        assertThat(err.toString()).contains("refused: the name is taken").contains("choose another");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void exitsWithTwoWhenNoServerIsThere() {
        assertThat(run("", "register", "-u", "user1", "-p", SECRET, "--servers", "http://127.0.0.1:1"))
                .isEqualTo(exit(2));
        assertThat(err.toString()).contains("not registered").contains("http://127.0.0.1:1 cannot be reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register",
                "regster",
                "register -u user1 -p",
                "register -u user1 -p my s3cret-pass",
                "register -u user1 -p my -s3cret-pass",
                "register -u user1 --pasword=s3cret-pass",
                "register -u user1 -p a -p s3cret-pass",
                "login -u user1 -p s3cret-pass --servers 127.0.0.1:8081",
                "login -u user1 -p s3cret-pass --servers ftp://127.0.0.1",
                "login -u user1 -p s3cret-pass --servers http://127.0.0.1/path",
                "status extra",
                "node",
                "node --id 0",
                "node --id x",
                "cluster --data"
            })
    void exitsWithSixtyFourOnWrongUsageAndRepeatsNoPassword(String line) {
        assertThat(run("", line.split(" "))).isEqualTo(exit(64));
        assertThat(err.toString()).startsWith("muster: ").contains("--help").doesNotContain("s3cret-pass");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void exitsWithSixtyFourWhenThereIsNoPassword() {
        assertThat(run("", "login", "-u", "user1")).isEqualTo(exit(64));
        assertThat(err.toString()).contains("there is no password");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 200, 400, 401, 409, 422})
    void neverPrintsThePassword(int status) {
        server.answers(status, CREATED.replace("{", "{\"code\":\"some-code\","));

        register("-u", "user1", "-p", SECRET);

        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains(SECRET));
        assertThat(out + err.toString()).isNotEmpty().doesNotContain(SECRET);
    }

    @Test
    void neverPrintsThePasswordOfALaterTry() {
        server.answers(429, "{}").answers(201, CREATED);

        assertThat(register("-u", "user1", "-p", SECRET)).isEqualTo(exit(0));

        assertThat(server.requests()).hasSize(2);
        assertThat(out + err.toString()).isNotEmpty().doesNotContain(SECRET);
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("", "--help")).isEqualTo(exit(0));
        assertThat(out.toString()).contains("cluster", "node", "register", "login", "status", "Exit codes");
    }

    @Test
    void handsANodeToSpring() {
        assertThat(run("", "node", "--id", "2", "--data", "there"))
                .isEqualTo(new Invocation.Serve(List.of(
                        "--spring.profiles.active=node2",
                        "--muster.data-dir=" + Path.of("there").toAbsolutePath())));
    }

    @Test
    void leavesTheDataDirectoryToTheSettings() {
        assertThat(run("", "node", "--id", "2"))
                .isEqualTo(new Invocation.Serve(List.of("--spring.profiles.active=node2")));
    }

    @Test
    void handsSettingsInSpringsFormToSpring() {
        assertThat(Cli.run("--spring.profiles.active=node1"))
                .isEqualTo(new Invocation.Serve(List.of("--spring.profiles.active=node1")));
        assertThat(Cli.run()).isEqualTo(new Invocation.Serve(List.of()));
    }

    private Invocation register(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "register";
        System.arraycopy(options, 0, args, 1, options.length);
        args[options.length + 1] = "--servers";
        args[options.length + 2] = server.url().toString();
        return run("", args);
    }

    private Invocation run(String input, String... args) {
        Terminal terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                null);
        return Cli.run(terminal, args);
    }

    private static Invocation exit(int code) {
        return new Invocation.Exit(code);
    }
}
