package io.muster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A replica as its users see it. Nothing is tried twice. Methods throw {@link UncheckedIOException} when nobody answers.
 *
 * @param port of the REST API, on the loopback interface
 */
record FrontDoor(int port) {

    /** Of every user of these tests. */
    static final String PASSWORD = "correct horse";

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Answer register(String username) {
        return send(json("/users/register", credentials(username, PASSWORD)));
    }

    Answer register(String username, String idempotencyKey) {
        return send(json("/users/register", credentials(username, PASSWORD)).header("Idempotency-Key", idempotencyKey));
    }

    Answer login(String username) {
        return login(username, PASSWORD);
    }

    Answer login(String username, String password) {
        return send(json("/users/login", credentials(username, password)));
    }

    Answer get(String path) {
        return send(request(path));
    }

    /** The details of the health component {@code raft}. */
    JsonNode raft() {
        return get("/actuator/health").json().at("/components/raft/details");
    }

    boolean isLeader() {
        return "LEADER".equals(raft().path("role").asString());
    }

    boolean isAlive() {
        return isUp("/actuator/health/liveness");
    }

    boolean isReady() {
        return isUp("/actuator/health/readiness");
    }

    private boolean isUp(String path) {
        try {
            return get(path).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    static String credentials(String username, String password) {
        return JsonMapper.shared().writeValueAsString(Map.of("username", username, "password", password));
    }

    HttpRequest.Builder json(String path, String body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
