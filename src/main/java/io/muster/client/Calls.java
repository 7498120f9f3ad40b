package io.muster.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Typed calls in JSON, with the token of a session or without. Safe for use by several threads. */
final class Calls {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Http http;
    private final Failover failover;
    private final @Nullable String token;

    Calls(Http http, List<URI> servers, Pace pace) {
        this(http, new Failover(http, servers, pace), null);
    }

    private Calls(Http http, Failover failover, @Nullable String token) {
        this.http = http;
        this.failover = failover;
        this.token = token;
    }

    Calls with(String accessToken) {
        return new Calls(http, failover, accessToken);
    }

    /** The same, where that server is asked when no other could. */
    Calls withLast(URI server) {
        return new Calls(http, failover.withLast(server), token);
    }

    <T> T get(String path, Class<T> answer) throws InterruptedException {
        return failover.ask(
                new Request("GET", path, headers(Map.of()), BodyPublishers.noBody(), Request.Effect.READ),
                reply -> JSON.treeToValue(reply.body(), answer));
    }

    <T> T send(String method, String path, Object body, Request.Effect effect, Class<T> answer)
            throws InterruptedException {
        return send(json(method, path, body, effect, Map.of()), answer);
    }

    <T> T send(Request request, Class<T> answer) throws InterruptedException {
        return failover.ask(request, reply -> JSON.treeToValue(reply.body(), answer));
    }

    /** For calls that answer with a status only. */
    void send(String method, String path, @Nullable Object body) throws InterruptedException {
        Request request = body == null
                ? new Request(method, path, headers(Map.of()), BodyPublishers.noBody(), Request.Effect.ONCE)
                : json(method, path, body, Request.Effect.ONCE, Map.of());
        boolean _ = failover.ask(request, Http.Reply::isSuccess);
    }

    /** Likewise, for what may be done twice. */
    void repeat(String method, String path, Object body) throws InterruptedException {
        boolean _ = failover.ask(json(method, path, body, Request.Effect.IDEMPOTENT, Map.of()), Http.Reply::isSuccess);
    }

    Request json(String method, String path, Object body, Request.Effect effect, Map<String, String> further) {
        return body(method, path, "application/json", JSON.writeValueAsBytes(body), effect, further);
    }

    Request body(
            String method,
            String path,
            String mediaType,
            byte[] body,
            Request.Effect effect,
            Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(further);
        all.put("Content-Type", mediaType);
        return new Request(method, path, headers(all), BodyPublishers.ofByteArray(body), effect);
    }

    /**
     * Streams from the first server that begins to answer with a whole line, or answers with none.
     *
     * @throws BrokenOffException where it began, and came to no end
     */
    void stream(String path, WholeLines sink) throws InterruptedException {
        Request request = new Request("GET", path, headers(Map.of()), BodyPublishers.noBody(), Request.Effect.READ);
        var _ = failover.ask(
                request,
                (server, _) -> streamed(server, request, sink),
                reply -> reply.status() == Http.OK ? reply : null);
    }

    private Http.Reply streamed(URI server, Request request, WholeLines sink) throws IOException, InterruptedException {
        long before = sink.passedOn();
        try {
            Http.Reply reply = http.stream(server, request, sink);
            sink.requireEnded();
            return reply;
        } catch (IOException e) {
            sink.dropBegun();
            if (sink.passedOn() > before) {
                throw new BrokenOffException(server, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** A value as it stands in a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Map<String, String> headers(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(further);
        if (token != null) {
            all.put("Authorization", "Bearer " + token);
        }
        return all;
    }
}
