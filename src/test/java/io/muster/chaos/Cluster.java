package io.muster.chaos;

import io.muster.it.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three replicas on this machine, each a process, whose ways to each other lead through proxies. */
final class Cluster implements AutoCloseable {

    static final int SIZE = 3;

    /** So that logs are cut, and replicas that were away need snapshots, as early as can be. */
    private static final String SMALLEST_LOG = "4MB";

    private static final Duration START_BOUND = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path jar;
    private final Path directory;
    private final List<Integer> restPorts;
    private final List<Integer> grpcPorts;
    private final Network network;
    private final Machine machine;
    private final Administrator administrator = new Administrator(this);
    private final Map<Integer, Volume> volumes = new ConcurrentHashMap<>();
    private final Map<Integer, Server> servers = new ConcurrentHashMap<>();
    private Optional<WallClocks> clocks = Optional.empty();
    private boolean closed;

    /**
     * Starts nothing yet.
     *
     * @param jar the packaged product
     * @param directory for data and logs
     */
    Cluster(Path jar, Path directory, Machine machine) {
        this.jar = jar;
        this.directory = directory;
        List<Integer> ports = Ports.free(2 * SIZE);
        this.restPorts = ports.subList(0, SIZE);
        this.grpcPorts = ports.subList(SIZE, 2 * SIZE);
        this.network = new Network(nodes().stream().collect(Collectors.toMap(node -> node, this::grpcPort)));
        this.machine = machine;
    }

    /** Makes what data need, and starts all. */
    void start() {
        if (machine.needsVolumes()) {
            nodes().forEach(this::makeVolume);
        }
        if (machine.needsClocks()) {
            clocks = Optional.of(new WallClocks(directory));
        }
        start(nodes());
    }

    private synchronized void makeVolume(int node) {
        if (!closed) {
            volumes.put(node, Volume.create(directory.resolve("volume" + node)));
        }
    }

    static List<Integer> nodes() {
        return IntStream.rangeClosed(1, SIZE).boxed().toList();
    }

    Network network() {
        return network;
    }

    /** @throws java.util.NoSuchElementException where clocks cannot jump */
    WallClocks clocks() {
        return clocks.orElseThrow();
    }

    /** Whether a token may have expired: it lives for a day, and some clock was off by more. */
    boolean tokensMayExpire() {
        return clocks.map(WallClocks::haveJumped).orElse(false);
    }

    Administrator administrator() {
        return administrator;
    }

    /** @throws IllegalStateException where data are on no volume of their own */
    Volume volume(int node) {
        return require(volumes.get(node));
    }

    Path directory() {
        return directory;
    }

    Door door(int node) {
        return new Door(restPorts.get(node - 1));
    }

    /** Nothing once it is closed, so that nothing outlives it. */
    synchronized void start(Collection<Integer> nodes) {
        if (closed) {
            return;
        }
        for (int node : nodes) {
            servers.put(node, Server.start(jar, environment(node), directory.resolve("node" + node + ".log")));
        }
    }

    /** The last that was started. */
    Server server(int node) {
        return require(servers.get(node));
    }

    /**
     * Waits until every replica takes requests.
     *
     * @throws IllegalStateException when one has ended by itself, or does not get there
     */
    void awaitReady() throws InterruptedException {
        long startNanos = System.nanoTime();
        for (int node : nodes()) {
            while (!door(node).isReady()) {
                requireRunning();
                if (System.nanoTime() - startNanos > START_BOUND.toNanos()) {
                    throw new IllegalStateException("node " + node + " does not get ready");
                }
                Thread.sleep(POLL);
            }
        }
    }

    /** @throws IllegalStateException when one has ended by itself, before this was closed */
    synchronized void requireRunning() {
        if (closed) {
            return;
        }
        servers.forEach((node, server) -> {
            if (!server.isAlive()) {
                throw new IllegalStateException("node " + node + " ended by itself: " + server.ending());
            }
        });
    }

    /** The one that leads the highest term, node 1 where none says that it leads. */
    int leader() throws InterruptedException {
        int leader = 1;
        long highest = 0;
        for (int node : nodes()) {
            long term = door(node).ledTerm();
            if (term > highest) {
                highest = term;
                leader = node;
            }
        }
        return leader;
    }

    /** Kills every replica and takes down what was set up for them. Data and logs stay. */
    @Override
    public synchronized void close() {
        closed = true;
        servers.values().forEach(Server::kill);
        network.close();
        volumes.values().forEach(Volume::close);
    }

    private int grpcPort(int node) {
        return grpcPorts.get(node - 1);
    }

    private Map<String, String> environment(int node) {
        Map<String, String> environment = new HashMap<>();
        clocks.ifPresent(found -> environment.putAll(found.environment(node)));
        environment.put("MUSTER_NODEID", Integer.toString(node));
        environment.put("MUSTER_CLUSTERID", "muster-chaos");
        environment.put("MUSTER_PEERS", peers(node));
        environment.put("MUSTER_DATADIR", dataDirectory(node).toString());
        environment.put("MUSTER_PASSWORDS_ARGON2_MEMORYKIB", "8");
        environment.put("MUSTER_PASSWORDS_ARGON2_ITERATIONS", "1");
        environment.put("MUSTER_LIMITS_PERADDRESS_ENABLED", "false");
        environment.put("MUSTER_LIMITS_PERACCOUNT_MODE", "off");
        environment.put("MUSTER_TOKENS_DEMOWRAPPINGKEY", "true");
        environment.put("MUSTER_TOKENS_LIFETIME", "24h");
        environment.put("MUSTER_ADMIN_USERNAME", Administrator.USERNAME);
        environment.put("MUSTER_ADMIN_PASSWORD", Administrator.PASSWORD);
        environment.put("MUSTER_RAFT_LOGBUDGET", SMALLEST_LOG);
        environment.put("SERVER_PORT", restPorts.get(node - 1).toString());
        environment.put("GRPC_SERVER_PORT", Integer.toString(grpcPort(node)));
        return environment;
    }

    private Path dataDirectory(int node) {
        Volume volume = volumes.get(node);
        return volume == null ? directory.resolve("node" + node) : volume.dataDirectory();
    }

    private String peers(int from) {
        return nodes().stream()
                .map(to -> to + "=127.0.0.1:" + (to == from ? grpcPort(to) : network.port(from, to)))
                .collect(Collectors.joining(","));
    }

    private static <T> T require(@Nullable T found) {
        if (found == null) {
            throw new IllegalStateException("there is none");
        }
        return found;
    }
}
