package io.muster.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Registers and logs in users, on whichever server of a cluster answers. Asks each in turn; goes to the next when one
 * cannot be reached or answers 5xx or 429, and round again after a pause as long as any can be reached. A register carries one
 * {@code Idempotency-Key} over all tries, so that a retry after an unknown outcome creates nothing twice.
 *
 * <p>Safe for use by several threads.
 */
final class RegistryClient {

    /** About the longest that a call takes. */
    static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration DEFAULT_PAUSE = Duration.ofMillis(500);
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(3);

    private final Http http;
    private final List<URI> servers;
    private final Pace pace;

    /** @param servers base addresses, asked in this order; at least one */
    RegistryClient(Http http, List<URI> servers, Pace pace) {
        this.http = http;
        this.servers = List.copyOf(servers);
        this.pace = pace;
    }

    Answer register(String username, String password) throws InterruptedException {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return send(new Request("/users/register", key, credentials(username, password)));
    }

    Answer login(String username, String password) throws InterruptedException {
        return send(new Request("/users/login", Map.of(), credentials(username, password)));
    }

    private static JsonNode credentials(String username, String password) {
        return JsonNodeFactory.instance.objectNode().put("username", username).put("password", password);
    }

    private Answer send(Request request) throws InterruptedException {
        long deadlineNanos = pace.nanoTime() + TOTAL_TIMEOUT.toNanos();
        boolean mayHaveHappened = false;
        while (true) {
            List<Failed> round = new ArrayList<>();
            for (URI server : servers) {
                switch (attempt(server, request, timeout(deadlineNanos))) {
                    case Settled(Answer answer) -> {
                        return answer;
                    }
                    case Failed failed -> round.add(failed);
                }
            }
            mayHaveHappened |= round.stream().anyMatch(Failed::mayHaveHappened);
            Duration pause = pauseAfter(round);
            boolean nobodyThere = round.stream().noneMatch(Failed::reached);
            if (nobodyThere || pace.nanoTime() + pause.toNanos() >= deadlineNanos) {
                return new Answer.Unavailable(mayHaveHappened, round.getLast().reason());
            }
            pace.pause(pause);
        }
    }

    private Attempt attempt(URI server, Request request, Duration timeout) throws InterruptedException {
        try {
            Http.Reply reply = http.post(server.resolve(request.path), request.headers, request.body, timeout);
            return interpret(server, reply);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Failed(false, false, DEFAULT_PAUSE, server + " cannot be reached");
        } catch (IOException e) {
            return new Failed(true, true, DEFAULT_PAUSE, server + " gave no answer (" + e.getMessage() + ")");
        }
    }

    private static Attempt interpret(URI server, Http.Reply reply) {
        if (reply.isRefusal()) {
            return new Settled(refusal(reply));
        }
        JsonNode user = reply.body().has("user") ? reply.body().path("user") : reply.body();
        if (reply.isSuccess() && user.has("username")) {
            return new Settled(new Answer.Accepted(text(user, "id"), text(user, "username")));
        }
        boolean notApplied =
                reply.isRateLimited() || text(reply.body(), "outcome").equals("not-applied");
        String detail = text(reply.body(), "detail");
        return new Failed(
                true,
                !notApplied,
                reply.retryAfter().orElse(DEFAULT_PAUSE),
                server + " answered " + reply.status() + (detail.isEmpty() ? "" : ": " + detail));
    }

    private static Answer refusal(Http.Reply reply) {
        List<String> reasons = new ArrayList<>();
        reasons.add(text(reply.body(), "title"));
        reasons.add(text(reply.body(), "detail"));
        reply.body().path("errors").forEach(error -> reasons.add(text(error, "detail")));
        reasons.removeIf(String::isEmpty);
        return new Answer.Refused(reply.status(), text(reply.body(), "code"), reasons);
    }

    private static String text(JsonNode object, String field) {
        return Terminal.printable(object.path(field).asString(""));
    }

    private Duration timeout(long deadlineNanos) {
        return clamp(Duration.ofNanos(deadlineNanos - pace.nanoTime()), MIN_TIMEOUT, Http.REQUEST_TIMEOUT);
    }

    private static Duration pauseAfter(List<Failed> round) {
        Duration shortest =
                round.stream().map(Failed::pause).min(Comparator.naturalOrder()).orElse(DEFAULT_PAUSE);
        return clamp(shortest, MIN_PAUSE, MAX_PAUSE);
    }

    private static Duration clamp(Duration value, Duration min, Duration max) {
        return value.compareTo(min) < 0 ? min : value.compareTo(max) > 0 ? max : value;
    }

    private record Request(String path, Map<String, String> headers, JsonNode body) {

        /** Without the body, which holds the password. */
        @Override
        public String toString() {
            return "POST " + path;
        }
    }

    private sealed interface Attempt {}

    private record Settled(Answer answer) implements Attempt {}

    private record Failed(boolean reached, boolean mayHaveHappened, Duration pause, String reason) implements Attempt {}
}
