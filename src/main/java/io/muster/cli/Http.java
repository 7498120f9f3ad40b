package io.muster.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON over HTTP/1.1, bounded in time and size. Safe for use by several threads. */
final class Http implements AutoCloseable {

    /** The longest that one exchange takes, the body included. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long MAX_BODY_BYTES = 1024 * 1024;

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /**
     * What a server answered.
     *
     * @param retryAfter the header of this name, when it is a number of seconds
     * @param body a missing node when it is no JSON
     */
    record Reply(int status, Optional<Duration> retryAfter, JsonNode body) {

        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The request is wrong; another server would say the same. */
        boolean isRefusal() {
            return status / 100 == 4 && !isRateLimited();
        }

        /** Nothing was done; another server may have room, or this one later. */
        boolean isRateLimited() {
            return status == TOO_MANY_REQUESTS;
        }
    }

    /**
     * @throws java.net.ConnectException or {@link java.net.http.HttpConnectTimeoutException} when the request was
     *     certainly not sent; after any other {@link IOException} the server may have it
     */
    Reply get(URI uri) throws IOException, InterruptedException {
        return exchange(HttpRequest.newBuilder(uri).GET().build(), REQUEST_TIMEOUT);
    }

    /** As {@link #get}; {@code timeout} is at most {@link #REQUEST_TIMEOUT}. */
    Reply post(URI uri, Map<String, String> headers, JsonNode body, Duration timeout)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        headers.forEach(request::header);
        return exchange(request.build(), timeout);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** The timeout of {@link HttpRequest} ends with the headers of the answer: a body may drip for ever. */
    private Reply exchange(HttpRequest request, Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
        try {
            return reply(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private Reply reply(HttpResponse<byte[]> response) {
        Optional<Duration> retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        return new Reply(response.statusCode(), retryAfter, parse(response.body()));
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
