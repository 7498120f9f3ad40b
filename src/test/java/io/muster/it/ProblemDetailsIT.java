package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every refusal of the front door, of a cluster of one. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ProblemDetailsIT {

    private static final String REGISTER = "/users/register";
    private static final String SECRET = "hunter2-hunter2";
    private static final String COMPLETE = FrontDoor.credentials("somebody", SECRET);
    private static final String OVERSIZE = COMPLETE + " ".repeat(9_000);
    private static final String ENDS = "muster-it: the end of the captured output";

    private InProcessCluster cluster;

    /**
     * A request and what becomes of it.
     *
     * @param request what is sent, made for a front door
     */
    record Refusal(String what, int status, String code, Function<FrontDoor, HttpRequest.Builder> request) {

        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = new InProcessCluster(1, directory);
        cluster.start();
    }

    @AfterAll
    void stopCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource({"malformedBodies", "wrongRequests", "brokenRules"})
    void answersWithProblemDetails(Refusal refusal, CapturedOutput output) {
        Answer answer = door().send(refusal.request.apply(door()));

        assertThat(answer.status()).as("%s", answer).isEqualTo(refusal.status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().propertyNames()).contains("type", "title", "status", "detail", "code", "traceId");
        assertThat(answer.code()).isEqualTo(refusal.code);
        assertThat(answer.header("Served-By")).isEqualTo("1");
        assertThat(answer.header("Raft-Index")).isNotNull();
        assertThat(answer.json().path("status").asInt()).isEqualTo(refusal.status);
        assertThat(answer.body()).doesNotContain(SECRET).doesNotContain("Exception");
        assertThat(everythingLogged(output)).doesNotContain(SECRET).doesNotContain("ERROR");
    }

    /** Logging is asynchronous, and keeps the order of its lines. */
    private static String everythingLogged(CapturedOutput output) {
        LoggerFactory.getLogger(ProblemDetailsIT.class).info(ENDS);
        await().until(() -> output.getAll().contains(ENDS));
        return output.getAll();
    }

    static Stream<Refusal> malformedBodies() {
        return Stream.of(
                malformed("an unfinished object", "{\"username\":\"somebody\",\"password\":\"" + SECRET),
                malformed("no JSON", SECRET),
                malformed("an empty body", ""),
                malformed("a missing field", "{\"password\":\"" + SECRET + "\"}"),
                malformed("a null", "{\"username\":null,\"password\":\"" + SECRET + "\"}"),
                malformed("an unknown field", body("\"admin\":\"" + SECRET + "\",")),
                malformed("a doubled field", body("\"password\":\"" + SECRET + "\",")),
                malformed("a number", "{\"username\":5,\"password\":\"" + SECRET + "\"}"),
                malformed("an object as name", "{\"username\":{\"" + SECRET + "\":1},\"password\":\"" + SECRET + "\"}"),
                malformed("an array", "[\"" + SECRET + "\"]"),
                malformed("a string", "\"" + SECRET + "\""),
                malformed("something behind the object", COMPLETE + SECRET),
                malformed("a second object", COMPLETE + COMPLETE),
                malformed("deep nesting", "[".repeat(4_000)),
                malformed("an escape that is none", "{\"username\":\"\\x\",\"password\":\"" + SECRET + "\"}"));
    }

    private static String body(String field) {
        return "{" + field + COMPLETE.substring(1);
    }

    static Stream<Refusal> wrongRequests() {
        return Stream.of(
                new Refusal("text", 415, "unsupported-media-type", door -> post(door, "text/plain", COMPLETE)),
                new Refusal(
                        "a form",
                        415,
                        "unsupported-media-type",
                        door -> post(door, "application/x-www-form-urlencoded", "password=" + SECRET)),
                new Refusal("an oversize body", 413, "body-too-large", door -> door.json(REGISTER, OVERSIZE)),
                new Refusal(
                        "an oversize body of unknown length", 413, "body-too-large", door -> chunked(door, OVERSIZE)),
                new Refusal("an unknown path", 404, "not-found", door -> door.request("/nowhere")),
                new Refusal(
                        "an unknown path for a browser",
                        404,
                        "not-found",
                        door -> door.request("/nowhere").header("Accept", "text/html")),
                new Refusal("a wrong method", 405, "method-not-allowed", door -> door.request(REGISTER)),
                new Refusal(
                        "a wrong method with a body",
                        405,
                        "method-not-allowed",
                        door -> door.request(REGISTER)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(COMPLETE))),
                new Refusal(
                        "a broken path", 400, "malformed-request", door -> door.request("/users/%2e%2e%2fregister")),
                new Refusal(
                        "an index that is none",
                        400,
                        "malformed-request",
                        door -> door.json("/users/login", COMPLETE).header("Raft-Min-Index", SECRET)),
                new Refusal(
                        "an Idempotency-Key that is too long",
                        400,
                        "malformed-request",
                        door -> door.json(REGISTER, COMPLETE).header("Idempotency-Key", "k".repeat(256))));
    }

    static Stream<Refusal> brokenRules() {
        return Stream.concat(
                Stream.of(
                        hostileName("an empty name", ""),
                        hostileName("a short name", "ab"),
                        hostileName("a long name", "a".repeat(65)),
                        hostileName("a space", "some body"),
                        hostileName("a NUL", "some\0body"),
                        hostileName("a line break", "some\nbody"),
                        hostileName("a terminal's escape", "some\u001b[2Jbody"),
                        hostileName("a right-to-left override", "some\u202ebody"),
                        hostileName("an invisible character", "some\u200bbody"),
                        hostileName("a symbol", "some\u2603body"),
                        hostileName("mixed directions", "some\u05d0body")),
                Stream.of(
                        broken(
                                "a lone surrogate",
                                "{\"username\":\"some\\ud800body\",\"password\":\"" + SECRET + "\"}"),
                        broken("a short password", FrontDoor.credentials("somebody", "short")),
                        broken("a common password", FrontDoor.credentials("somebody", "Password1")),
                        broken("the name as a password", FrontDoor.credentials("somebody", "Somebody1")),
                        broken("a NUL in the password", FrontDoor.credentials("somebody", SECRET + "\0")),
                        broken("a long password", FrontDoor.credentials("somebody", SECRET.repeat(100)))));
    }

    private static Refusal malformed(String what, String body) {
        return new Refusal(what, 400, "malformed-request", door -> door.json(REGISTER, body));
    }

    private static Refusal hostileName(String what, String name) {
        return broken(what, FrontDoor.credentials(name, SECRET));
    }

    private static Refusal broken(String what, String body) {
        return new Refusal(what, 422, "policy-violation", door -> door.json(REGISTER, body));
    }

    private static HttpRequest.Builder post(FrontDoor door, String mediaType, String body) {
        return door.request(REGISTER).header("Content-Type", mediaType).POST(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder chunked(FrontDoor door, String body) {
        return door.request(REGISTER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void refusesAHugeBodyBeforeItHasCome() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door().port())) {
            socket.setSoTimeout(10_000);
            String head = "POST " + REGISTER + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n";
            socket.getOutputStream().write((head + COMPLETE).getBytes(StandardCharsets.US_ASCII));

            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aConflictSaysAsOfWhenTheNameIsTaken() {
        Answer first = door().register("twice");
        Answer second = door().register("TWICE");

        assertThat(second.status()).isEqualTo(409);
        assertThat(index(second)).isGreaterThan(index(first));
    }

    private static long index(Answer answer) {
        return Long.parseLong(String.valueOf(answer.header("Raft-Index")));
    }

    @Test
    void thinksNothingOfClientsThatGoAway(CapturedOutput output) throws IOException {
        for (int i = 0; i < 10; i++) {
            hangUp("gone" + i);
        }
        for (int i = 0; i < 10; i++) {
            String username = "gone" + i;
            await().until(() -> door().login(username).status() == 200);
        }

        assertThat(everythingLogged(output)).doesNotContain("ERROR");
    }

    /** Sends a register and resets the connection without waiting for its answer. */
    private void hangUp(String username) throws IOException {
        String body = FrontDoor.credentials(username, FrontDoor.PASSWORD);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door().port())) {
            socket.setSoLinger(true, 0);
            String head = "POST " + REGISTER + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void namesTheRulesThatAreBroken() {
        Answer answer = door().send(door().json(REGISTER, FrontDoor.credentials("a b", "short")));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactlyInAnyOrderElementsOf(List.of("username", "password"));
    }

    private FrontDoor door() {
        return cluster.layout().frontDoor(1);
    }
}
