import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three real replicas on this machine, each a process, with data in a temporary directory. */
final class Replicas implements AutoCloseable {

    static final int COUNT = 3;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Pattern LEADER = Pattern.compile("\"leaderId\"\\s*:\\s*(\\d+)");

    /** The smallest hash: for where replication is tried, not hashing. */
    static final Map<String, String> SMALLEST_HASH =
            Map.of("MUSTER_PASSWORDS_ARGON2_MEMORY_KIB", "8", "MUSTER_PASSWORDS_ARGON2_ITERATIONS", "1");

    private final Path repository;
    private Map<String, String> settings;
    private final Path directory;
    private final Map<Integer, Process> processes = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /**
     * Starts all.
     *
     * @param settings for the environment of each
     */
    Replicas(Path repository, Map<String, String> settings) throws IOException, InterruptedException {
        this.repository = repository;
        this.settings = settings;
        for (int id = 1; id <= COUNT; id++) {
            if (answers(id, "/actuator/health/liveness")) {
                throw new IOException("something runs at " + url(id) + " already; stop it first");
            }
        }
        build();
        directory = Files.createTempDirectory("muster-runs-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
        IntStream.rangeClosed(1, COUNT).forEach(this::start);
    }

    /** One of them for each number, in turn. */
    static int inTurn(int number) {
        return number % COUNT + 1;
    }

    static URI url(int id) {
        return URI.create("http://127.0.0.1:" + (8080 + id));
    }

    /** Where their logs and data are. */
    Path directory() {
        return directory;
    }

    /** {@code ./muster} replaces itself by the JVM, so the process is the server. */
    void start(int id) {
        ProcessBuilder builder = new ProcessBuilder(
                        repository.resolve("muster").toString(),
                        "node", "--id", String.valueOf(id), "--data", data(id).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("node" + id + ".log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
        builder.environment().putAll(settings);
        try {
            processes.put(id, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process id of a server. */
    long pid(int id) {
        return processes.get(id).pid();
    }

    /** The data directory of one. */
    Path data(int id) {
        return directory.resolve("node" + id);
    }

    /** The sum of a meter's values over all replicas. */
    double meter(String name) throws IOException, InterruptedException {
        double sum = 0;
        for (int id = 1; id <= COUNT; id++) {
            sum += meter(name, id);
        }
        return sum;
    }

    /** The value of a meter without tags at one replica. */
    double meter(String name, int id) throws IOException, InterruptedException {
        return get(id, "/actuator/prometheus").body().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("no meter " + name));
    }

    /** The highest term of any: it grows with each election. */
    long term() throws IOException, InterruptedException {
        return highest("raft_term");
    }

    /** The last entry in the log of any. */
    long lastIndex() throws IOException, InterruptedException {
        return highest("raft_last_index");
    }

    private long highest(String name) throws IOException, InterruptedException {
        double highest = 0;
        for (int id = 1; id <= COUNT; id++) {
            highest = Math.max(highest, meter(name, id));
        }
        return Math.round(highest);
    }

    /** Stops all and starts them anew, with other settings; returns when they are ready. */
    void restart(Map<String, String> newSettings) throws InterruptedException {
        killAll();
        settings = newSettings;
        IntStream.rangeClosed(1, COUNT).forEach(this::start);
        awaitReady();
    }

    /** kill -9; returns when it is dead. */
    void kill(int id) throws InterruptedException {
        processes.get(id).destroyForcibly().waitFor();
    }

    /** @throws IllegalStateException when one has died by itself, or is not ready after three minutes */
    void awaitReady() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + START_TIMEOUT.toNanos();
        for (int id = 1; id <= COUNT; id++) {
            while (!isReady(id)) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new IllegalStateException("node" + id + " does not get ready; see " + directory);
                }
                Thread.sleep(POLL);
            }
        }
    }

    /** @throws IllegalStateException when it has died by itself */
    boolean isReady(int id) throws InterruptedException {
        Process process = processes.get(id);
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "node" + id + " ended by itself with " + process.exitValue() + "; see " + directory);
        }
        return answers(id, "/actuator/health/readiness");
    }

    /** The one that every replica names. */
    OptionalInt leader() throws InterruptedException {
        OptionalInt leader = OptionalInt.empty();
        for (int id = 1; id <= COUNT; id++) {
            OptionalInt named = leaderAccordingTo(id);
            if (named.isEmpty() || (leader.isPresent() && !leader.equals(named))) {
                return OptionalInt.empty();
            }
            leader = named;
        }
        return leader;
    }

    /** Kills all. Their logs and data stay. */
    @Override
    public void close() {
        killAll();
    }

    /** Deletes what the dead have left. */
    void delete() throws IOException {
        delete(directory);
    }

    /** Deletes what one that is dead has stored. */
    void wipe(int id) throws IOException {
        delete(data(id));
    }

    static void delete(Path what) throws IOException {
        try (Stream<Path> files = Files.walk(what)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Any command builds what is missing; done before the first start, it does not count as a slow one. */
    private void build() throws IOException, InterruptedException {
        Process build = new ProcessBuilder(repository.resolve("muster").toString(), "--version").inheritIO().start();
        if (build.waitFor() != 0) {
            throw new IOException("muster cannot be started");
        }
    }

    private void killAll() {
        processes.values().forEach(Process::destroyForcibly);
        processes.values().forEach(process -> process.onExit().join());
    }

    private boolean answers(int id, String path) throws InterruptedException {
        try {
            return get(id, path).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private OptionalInt leaderAccordingTo(int id) throws InterruptedException {
        try {
            Matcher leader = LEADER.matcher(get(id, "/actuator/health").body());
            return leader.find() ? OptionalInt.of(Integer.parseInt(leader.group(1))) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private HttpResponse<String> get(int id, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(id).resolve(path))
                .timeout(Duration.ofSeconds(6))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
