import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Registers and logs in, and goes on at the next replica when one fails. Safe for use by several threads. */
final class Registry {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** In place of a status: nobody answered, and the request may have been carried out. */
    static final int NO_ANSWER = 0;
    /** In place of a status: there was no connection. */
    static final int NOT_SENT = -1;

    private final HttpClient http;

    /** Calls from the usual address of this machine. */
    Registry() {
        http = client().build();
    }

    /** Calls from that address, one of the loopback's. */
    Registry(InetAddress from) {
        http = client().localAddress(from).build();
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(1));
    }

    /**
     * How a request ended.
     *
     * @param status of the last answer, or {@link #NO_ANSWER}, or {@link #NOT_SENT}
     * @param retries tries after the first
     * @param doubted whether an earlier try may have done it
     */
    record Result(int status, int retries, boolean doubted) {}

    private record Reply(int status, boolean notApplied) {

        boolean isFinal() {
            return status > 0 && status < 500;
        }

        boolean leavesDoubt() {
            return status != NOT_SENT && !notApplied;
        }
    }

    /** Every try carries the same Idempotency-Key. */
    Result register(User user, int firstReplica) throws InterruptedException {
        return send("/users/register", UUID.randomUUID().toString(), user, firstReplica);
    }

    Result login(User user, int firstReplica) throws InterruptedException {
        return send("/users/login", "none", user, firstReplica);
    }

    /** One try, at one replica; true if it was acknowledged. */
    boolean registerOnce(User user, int replica) throws InterruptedException {
        return post("/users/register", UUID.randomUUID().toString(), user, replica).status == 201;
    }

    /** Likewise. */
    boolean loginOnce(User user, int replica) throws InterruptedException {
        return post("/users/login", "none", user, replica).status == 200;
    }

    /** One try, at one replica; the status, or {@link #NO_ANSWER}, or {@link #NOT_SENT}. */
    int loginStatus(User user, int replica) throws InterruptedException {
        return post("/users/login", "none", user, replica).status;
    }

    /** The body of the answer to a login. */
    String loginBody(User user, int replica) throws IOException, InterruptedException {
        return http.send(request("/users/login", "none", user, replica), BodyHandlers.ofString()).body();
    }

    /** The status of a change by the bearer of that token. */
    int patch(String path, String token, String body, int replica) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(Replicas.url(replica).resolve(path))
                .timeout(Duration.ofSeconds(6))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method("PATCH", BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private Result send(String path, String key, User user, int firstReplica) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        boolean doubted = false;
        for (int tries = 0; ; tries++) {
            Reply reply = post(path, key, user, Replicas.inTurn(firstReplica + tries - 1));
            if (reply.isFinal() || System.nanoTime() > deadlineNanos) {
                return new Result(reply.status, tries, doubted);
            }
            doubted |= reply.leavesDoubt();
            Thread.sleep(PAUSE);
        }
    }

    private static HttpRequest request(String path, String key, User user, int replica) {
        String body = "{\"username\":" + quote(user.name()) + ",\"password\":" + quote(user.password()) + "}";
        return HttpRequest.newBuilder(Replicas.url(replica).resolve(path))
                .timeout(Duration.ofSeconds(6))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private Reply post(String path, String key, User user, int replica) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request(path, key, user, replica), BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.body().contains("\"not-applied\""));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Reply(NOT_SENT, true);
        } catch (IOException e) {
            return new Reply(NO_ANSWER, false);
        }
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
