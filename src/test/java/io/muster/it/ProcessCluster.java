package io.muster.it;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Three replicas as processes. */
final class ProcessCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Layout layout;
    private final Map<String, String> settings;
    private final Map<Integer, ReplicaProcess> running = new TreeMap<>();

    ProcessCluster(Path directory) {
        this(directory, Map.of());
    }

    /** @param settings of every replica, beside its own */
    ProcessCluster(Path directory, Map<String, String> settings) {
        this(Layout.of(3, directory), settings);
    }

    /** @param settings of every replica, in place of those of the layout */
    ProcessCluster(Layout layout, Map<String, String> settings) {
        this.layout = layout;
        this.settings = settings;
    }

    Path dataDirectory(int node) {
        return layout.dataDirectory(node);
    }

    long pid(int node) {
        return requireNonNull(running.get(node)).pid();
    }

    Set<Integer> runningNodes() {
        return Set.copyOf(running.keySet());
    }

    List<FrontDoor> runningFrontDoors() {
        return running.keySet().stream().map(layout::frontDoor).toList();
    }

    List<FrontDoor> frontDoors() {
        return layout.nodes().stream().map(layout::frontDoor).toList();
    }

    FrontDoor frontDoor(int node) {
        return layout.frontDoor(node);
    }

    /** Starts what does not run. */
    void start() {
        layout.nodes()
                .forEach(node -> running.computeIfAbsent(
                        node,
                        _ -> ReplicaProcess.start(
                                settingsOf(node), layout.directory().resolve("node" + node + ".log"))));
    }

    private Map<String, String> settingsOf(int node) {
        Map<String, String> all = new TreeMap<>(layout.settings(node));
        all.putAll(settings);
        return all;
    }

    void awaitReady() {
        running.forEach((node, process) -> process.awaitAlive(frontDoor(node)));
        await().atMost(PATIENCE).until(() -> frontDoors().stream().allMatch(FrontDoor::isReady));
    }

    int leader() {
        return layout.nodes().stream()
                .filter(node -> running.containsKey(node) && frontDoor(node).isLeader())
                .findFirst()
                .orElseThrow();
    }

    void kill(int node) throws InterruptedException {
        requireNonNull(running.remove(node)).kill();
    }

    int terminate(int node) throws InterruptedException {
        return requireNonNull(running.remove(node)).terminate();
    }

    @Override
    public void close() {
        running.values().forEach(ReplicaProcess::close);
    }
}
