package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bytes on the REST port that are almost HTTP: each gets problem details, and none is this server's fault. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsIT {

    private static final String SECRET = "hunter2-hunter2";
    private static final String BODY = FrontDoor.credentials("somebody", SECRET);

    private InProcessCluster cluster;

    /**
     * What is sent.
     *
     * @param status of the answer
     * @param sent one character a byte
     */
    record Hostile(String what, int status, String sent) {

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

    static Stream<Hostile> requests() {
        return Stream.of(lines(), headers(), bodies()).flatMap(some -> some);
    }

    private static Stream<Hostile> lines() {
        return Stream.of(
                line("no HTTP at all", 400, "hello"),
                line("a version to come", 505, "GET / HTTP/9.9"),
                line("an unknown method", 405, "BREW /users/register HTTP/1.1"),
                line("TRACE", 405, "TRACE /users/register HTTP/1.1"),
                line("CONNECT", 501, "CONNECT example.org:443 HTTP/1.1"),
                line("a NUL in the path", 400, "GET /users/%00 HTTP/1.1"),
                line("a raw NUL in the path", 400, "GET /users/\0 HTTP/1.1"),
                line("a percent sign alone", 400, "GET /users/% HTTP/1.1"),
                line("a byte that is no UTF-8 in the path", 400, "GET /users/%ff HTTP/1.1"),
                line("a backslash", 400, "GET /users\\register HTTP/1.1"),
                line("an encoded slash", 400, "GET /users%2fregister HTTP/1.1"),
                line("a climb", 400, "GET /../../etc/passwd HTTP/1.1"),
                line("a path parameter", 405, "GET /users/register;x=y HTTP/1.1"),
                line("a path of 100 KB", 400, "GET /" + "a".repeat(100_000) + " HTTP/1.1"));
    }

    private static Hostile line(String what, int status, String line) {
        return new Hostile(what, status, line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private static Stream<Hostile> headers() {
        return Stream.of(
                header("no host", 400, "X: y", false),
                header("two hosts", 400, "Host: a", true),
                header("a header without a colon", 400, "nonsense", true),
                header("a header of 100 KB", 400, "X: " + "a".repeat(100_000), true),
                header("a control character", 400, "X: a\u0001b", true),
                header("a negative length", 400, "Content-Length: -1", true),
                header("a length that is none", 400, "Content-Length: many", true),
                header("two lengths", 400, "Content-Length: 5\r\nContent-Length: 6", true),
                header("a transfer encoding that is none", 501, "Transfer-Encoding: nonsense", true),
                header("a length of 2^63", 400, "Content-Length: 9223372036854775808", true),
                header("an expectation that is none", 417, "Expect: nonsense\r\nContent-Length: 2", true),
                header("an index of 2^63", 400, "Raft-Min-Index: 9223372036854775808", true),
                header("a negative index", 400, "Raft-Min-Index: -1", true));
    }

    private static Hostile header(String what, int status, String header, boolean host) {
        boolean hasLength = header.contains("Content-Length") || header.contains("Transfer-Encoding");
        String head = "POST /users/login HTTP/1.1\r\n"
                + (host ? "Host: localhost\r\n" : "")
                + "Connection: close\r\nContent-Type: application/json\r\n"
                + (hasLength ? "" : "Content-Length: " + BODY.length() + "\r\n")
                + header + "\r\n\r\n";
        return new Hostile(what, status, head + BODY);
    }

    private static Stream<Hostile> bodies() {
        return Stream.of(
                body("a name in overlong UTF-8", 400, "\u00c1\u00a1"),
                body("a surrogate in UTF-8", 400, "\u00ed\u00a0\u0080"),
                body("a raw NUL", 400, "\0"),
                body("a raw line break", 400, "\n"),
                chunked("a chunk of negative length", "-5\r\n" + BODY + "\r\n0\r\n\r\n"),
                chunked("a chunk of length x", "x\r\n" + BODY + "\r\n0\r\n\r\n"),
                chunked("a chunk of 2^63", "8000000000000000\r\n" + BODY + "\r\n0\r\n\r\n"));
    }

    private static Hostile body(String what, int status, String inName) {
        String body = "{\"username\":\"some" + inName + "body\",\"password\":\"" + SECRET + "\"}";
        return new Hostile(
                what,
                status,
                "POST /users/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static Hostile chunked(String what, String chunks) {
        return new Hostile(
                what,
                400,
                "POST /users/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void areAnsweredWithProblemDetails(Hostile hostile) throws IOException {
        String answer = exchange(hostile.sent);
        String[] parts = answer.split("\r\n\r\n", 2);
        assertThat(answer).as(hostile.what).startsWith("HTTP/1.1 ");
        int status = Integer.parseInt(answer.substring(9, 12));

        assertThat(status).as(answer).isEqualTo(hostile.status);
        assertThat(parts[0].toLowerCase(Locale.ROOT))
                .contains("content-type: application/problem+json")
                .contains("served-by: 1")
                .contains("raft-index: ");
        JsonNode problem =
                JsonMapper.shared().readTree(parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1));
        assertThat(problem.propertyNames()).contains("type", "title", "status", "detail", "code", "traceId");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asString()).isNotEqualTo("internal-error");
        assertThat(answer).doesNotContain(SECRET).doesNotContain("Exception");
    }

    private String exchange(String sent) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), cluster.layout().frontDoor(1).port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
