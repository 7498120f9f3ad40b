import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three members of etcd 3.4 on this machine, as Debian's {@code etcd-server} has it, with authentication on; asked through its JSON gateway. */
final class Etcd implements AutoCloseable {

    private static final int FIRST_PORT = 12_379;
    private static final int FIRST_PEER_PORT = 12_389;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final User ROOT = new User("root", 0);
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

    private final List<Process> processes = new ArrayList<>();
    private final Path directory;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private String rootToken = "";

    /** Starts all, and returns when they answer. */
    Etcd(int bcryptCost) throws IOException, InterruptedException {
        directory = Files.createTempDirectory("etcd-runs-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
        for (int id = 1; id <= Replicas.COUNT; id++) {
            processes.add(start(id, bcryptCost));
        }
        awaitReady();
        enableAuthentication();
    }

    /** Whether it is installed; prints which. */
    static boolean isThere() {
        try {
            return new ProcessBuilder("etcd", "--version").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process start(int id, int bcryptCost) throws IOException {
        String client = "http://127.0.0.1:" + port(id);
        String peers = IntStream.rangeClosed(1, Replicas.COUNT)
                .mapToObj(member -> "node" + member + "=" + peer(member))
                .collect(Collectors.joining(","));
        List<String> command = List.of(
                "etcd", "--name", "node" + id, "--data-dir", directory.resolve("node" + id).toString(),
                "--listen-client-urls", client, "--advertise-client-urls", client,
                "--listen-peer-urls", peer(id), "--initial-advertise-peer-urls", peer(id),
                "--initial-cluster", peers, "--bcrypt-cost", String.valueOf(bcryptCost), "--auth-token-ttl", "86400",
                "--logger", "zap", "--log-level", "error");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("node" + id + ".log").toFile())
                .start();
    }

    private static int port(int id) {
        return FIRST_PORT + id - 1;
    }

    private static String peer(int id) {
        return "http://127.0.0.1:" + (FIRST_PEER_PORT + id - 1);
    }

    private void awaitReady() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + START_TIMEOUT.toNanos();
        for (int id = 1; id <= Replicas.COUNT; id++) {
            while (!isReady(id)) {
                if (System.nanoTime() > deadlineNanos || !processes.get(id - 1).isAlive()) {
                    throw new IllegalStateException("etcd does not get ready; see " + directory);
                }
                Thread.sleep(POLL);
            }
        }
    }

    private boolean isReady(int id) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(id) + "/health"))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void enableAuthentication() throws IOException, InterruptedException {
        require(post("/v3/auth/user/add", credentials(ROOT), 1));
        require(post("/v3/auth/role/add", "{\"name\":\"root\"}", 1));
        require(post("/v3/auth/user/grant", "{\"user\":\"root\",\"role\":\"root\"}", 1));
        require(post("/v3/auth/enable", "{}", 1));
        HttpResponse<String> answer = post("/v3/auth/authenticate", credentials(ROOT), 1);
        Matcher token = TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new IOException("etcd gives no token: " + answer.statusCode());
        }
        rootToken = token.group(1);
    }

    private static void require(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("etcd answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** One try, at one member; true if it was acknowledged. */
    boolean add(User user, int member) throws InterruptedException {
        return succeeds("/v3/auth/user/add", user, member);
    }

    /** Likewise. */
    boolean authenticate(User user, int member) throws InterruptedException {
        return succeeds("/v3/auth/authenticate", user, member);
    }

    private boolean succeeds(String path, User user, int member) throws InterruptedException {
        try {
            return post(path, credentials(user), member).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> post(String path, String body, int member) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(member) + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!rootToken.isEmpty()) {
            request.header("Authorization", rootToken);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String credentials(User user) {
        return "{\"name\":\"" + user.name() + "\",\"password\":\"" + user.password() + "\"}";
    }

    /** Kills all, and deletes what they have stored. */
    @Override
    public void close() throws IOException {
        killAll();
        Replicas.delete(directory);
    }

    private void killAll() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
