package io.muster.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A server on a free port of the loopback that answers what it was told to, in order, the last for ever. */
public final class FakeServer implements AutoCloseable {

    /** What it was asked. */
    public record Request(String line, String idempotencyKey, String authorization, String body) {}

    private record Script(int status, Map<String, String> headers, String body) {}

    private static final String BREAKS_OFF = "Breaks-Off";
    private static final String STALLS = "Stalls";

    private final CountDownLatch closed = new CountDownLatch(1);

    private final HttpServer server;
    private final BlockingQueue<Script> script = new LinkedBlockingQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public FakeServer answers(int status, String body) {
        return answers(status, Map.of(), body);
    }

    public FakeServer answers(int status, Map<String, String> headers, String body) {
        script.add(new Script(status, headers, body));
        return this;
    }

    /** The next answer is none: the connection ends. */
    public FakeServer hangsUp() {
        return answers(0, "");
    }

    /** The next answer begins as 200 with this body, and ends within it. */
    public FakeServer breaksOff(String body) {
        return answers(200, Map.of(BREAKS_OFF, "true"), body);
    }

    /** The next answer begins with this body, and never ends. */
    public FakeServer stalls(int status, String body) {
        return answers(status, Map.of(STALLS, "true"), body);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Script next = script.size() > 1 ? script.remove() : script.element();
            if (next.status == 0) {
                return;
            }
            byte[] body = next.body.getBytes(StandardCharsets.UTF_8);
            boolean whole = !next.headers.containsKey(BREAKS_OFF) && !next.headers.containsKey(STALLS);
            next.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(next.status, body.length == 0 ? -1 : body.length + (whole ? 0 : 1));
            exchange.getResponseBody().write(body);
            if (next.headers.containsKey(STALLS)) {
                exchange.getResponseBody().flush();
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
