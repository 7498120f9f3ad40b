package io.muster.it;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Three replicas as processes. */
final class ProcessCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Layout layout;
    private final Map<Integer, ReplicaProcess> running = new TreeMap<>();

    ProcessCluster(Path directory) {
        layout = Layout.of(3, directory);
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
                                layout.settings(node), layout.directory().resolve("node" + node + ".log"))));
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
