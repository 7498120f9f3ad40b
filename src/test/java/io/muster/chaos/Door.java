package io.muster.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A replica as its users see it. Nothing is tried twice.
 *
 * @param port of the REST API, on the loopback interface
 */
record Door(int port) {

    /** In place of a status: nobody answered, and the request may have been carried out. */
    static final int NO_ANSWER = 0;

    /** In place of a status: there was no connection. */
    static final int NOT_SENT = -1;

    /** Longer than the server's own bound for a request, which is 4 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private static final Duration GLANCE = Duration.ofSeconds(2);
    private static final String LOG_START = "raft_log_start_index ";
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /** What came back. */
    record Reply(int status, String body) {

        /** Whether the request changed nothing and never will. */
        boolean isNotApplied() {
            return status == NOT_SENT || "not-applied".equals(text("outcome"));
        }

        /** A field of the body; empty where it is not there. */
        String text(String field) {
            return json().path(field).asString("");
        }

        private JsonNode json() {
            try {
                return JsonMapper.shared().readTree(body.isEmpty() ? "{}" : body);
            } catch (JacksonException e) {
                throw new IllegalStateException("no JSON in an answer with status " + status, e);
            }
        }
    }

    Reply register(String user, String password, @Nullable String idempotencyKey) throws InterruptedException {
        HttpRequest.Builder request =
                request("/users/register", "POST", Map.of("username", user, "password", password));
        return send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    Reply login(String user, String password) throws InterruptedException {
        return send(request("/users/login", "POST", Map.of("username", user, "password", password)));
    }

    Reply me(String token) throws InterruptedException {
        return send(request("/users/me"), token);
    }

    Reply changePassword(String token, String current, String replacement) throws InterruptedException {
        return send(request("/users/me/password", "POST", Map.of("current", current, "new", replacement)), token);
    }

    Reply logout(String token) throws InterruptedException {
        return send(request("/users/me/logout").POST(BodyPublishers.noBody()), token);
    }

    Reply delete(String token, String password) throws InterruptedException {
        return send(request("/users/me", "DELETE", Map.of("password", password)), token);
    }

    /** @param token of an administrator */
    Reply setDisabled(String token, UUID userId, boolean disabled) throws InterruptedException {
        return send(request("/users/" + userId, "PATCH", Map.of("disabled", disabled)), token);
    }

    boolean isReady() throws InterruptedException {
        return send(request("/actuator/health/readiness").timeout(GLANCE)).status() == 200;
    }

    /** The term that it leads, or 0. */
    long ledTerm() throws InterruptedException {
        JsonNode raft = send(request("/actuator/health").timeout(GLANCE)).json().at("/components/raft/details");
        return raft.path("role").asString("").equals("LEADER")
                ? raft.path("term").asLong(0)
                : 0;
    }

    /** The entry behind which its log starts; -1 where it does not say. */
    long logStart() throws InterruptedException {
        String meters = send(request("/actuator/prometheus").timeout(GLANCE)).body();
        return meters.lines()
                .filter(line -> line.startsWith(LOG_START))
                .map(line -> (long) Double.parseDouble(line.substring(LOG_START.length())))
                .findFirst()
                .orElse(-1L);
    }

    private HttpRequest.Builder request(String path, String method, Map<String, ?> fields) {
        String body = JsonMapper.shared().writeValueAsString(fields);
        return request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT);
    }

    private static Reply send(HttpRequest.Builder request, String token) throws InterruptedException {
        return send(request.header("Authorization", "Bearer " + token));
    }

    private static Reply send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Reply(NOT_SENT, "");
        } catch (IOException e) {
            return new Reply(NO_ANSWER, "");
        }
    }
}
