package io.muster.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON over HTTP/1.1, bounded in time and size. Safe for use by several threads. */
public final class Http implements AutoCloseable {

    /** The longest that one exchange takes, the body included. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    static final int OK = 200;
    static final int UNAUTHORIZED = 401;

    private static final int TOO_MANY_REQUESTS = 429;

    /** A page of a thousand users, with all the roles there may be. */
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

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
    public record Reply(int status, Optional<Duration> retryAfter, JsonNode body) {

        /** It was done. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The request is wrong; another server would say the same. */
        public boolean isRefusal() {
            return status / 100 == 4 && !isRateLimited();
        }

        /** Nothing was done; another server may have room, or this one later. */
        public boolean isRateLimited() {
            return status == TOO_MANY_REQUESTS;
        }
    }

    /**
     * Asks a server, which may be any.
     *
     * @throws java.net.ConnectException or {@link java.net.http.HttpConnectTimeoutException} when the request was
     *     certainly not sent; after any other {@link IOException} the server may have it
     */
    public Reply get(URI uri) throws IOException, InterruptedException {
        return exchange(HttpRequest.newBuilder(uri).GET().build(), REQUEST_TIMEOUT);
    }

    /** As {@link #get}; {@code timeout} is at most {@link #REQUEST_TIMEOUT}. */
    Reply send(URI server, Request request, Duration timeout) throws IOException, InterruptedException {
        return exchange(build(server, request), timeout);
    }

    /**
     * An answer of any length: its body goes to {@code sink}, and is none of the reply's, where its status is 200.
     *
     * @param sink gets all of it, part by part
     * @throws IOException also where it broke off, or nothing came for {@link #REQUEST_TIMEOUT}
     */
    Reply stream(URI server, Request request, OutputStream sink) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                within(REQUEST_TIMEOUT, client.sendAsync(build(server, request), BodyHandlers.ofInputStream()));
        // The body is closed first: that ends a read that waits, and what closes the executor waits for that.
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
                InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                return reply(answer, within(REQUEST_TIMEOUT, reading(() -> body.readNBytes(MAX_BODY_BYTES), reader)));
            }
            byte[] part = new byte[1 << 16];
            int length;
            while ((length = within(REQUEST_TIMEOUT, reading(() -> body.read(part), reader))) >= 0) {
                sink.write(part, 0, length);
            }
            return reply(answer, new byte[0]);
        }
    }

    /** What is read from a body, which may never come. */
    private interface Read<T> {
        T read() throws IOException;
    }

    private static <T> CompletableFuture<T> reading(Read<T> what, ExecutorService on) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return what.read();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                on);
    }

    private static HttpRequest build(URI server, Request request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(server.resolve(request.path())).method(request.method(), request.body());
        request.headers().forEach(builder::header);
        return builder.build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** The timeout of {@link HttpRequest} ends with the headers of the answer: a body may drip for ever. */
    private Reply exchange(HttpRequest request, Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
        HttpResponse<byte[]> response = within(timeout, answer);
        return reply(response, response.body());
    }

    private static <T> T within(Duration timeout, CompletableFuture<T> answer)
            throws IOException, InterruptedException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case IOException failure -> failure;
                case UncheckedIOException failure -> failure.getCause();
                case null, default -> new IOException(e.getCause());
            };
        }
    }

    private Reply reply(HttpResponse<?> response, byte[] body) {
        Optional<Duration> retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        return new Reply(response.statusCode(), retryAfter, parse(body));
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
