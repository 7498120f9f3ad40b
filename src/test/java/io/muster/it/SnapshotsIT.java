package io.muster.it;

import static java.nio.file.Files.exists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three real servers with little room for their logs. */
@Timeout(300)
class SnapshotsIT {

    private static final String FIRST_SEGMENT = "log/%016x.wal".formatted(1);
    private static final long BUDGET_BYTES = 4 << 20;
    private static final long SEGMENT_BYTES = (1 << 20) + 512;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private ProcessCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = new ProcessCluster(directory, Map.of("muster.raft.log-budget", "4MB"));
        cluster.start();
        cluster.awaitReady();
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    private boolean isCut(int node) {
        return !exists(cluster.dataDirectory(node).resolve(FIRST_SEGMENT));
    }

    private long logBytes(int node) throws IOException {
        try (Stream<Path> files = Files.list(cluster.dataDirectory(node).resolve("log"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void bringsBackAReplicaThatIsBehindTheStartOfTheLog() throws Exception {
        int away = cluster.leader() % 3 + 1;
        cluster.kill(away);
        List<String> acknowledged;
        try (RegisterLoad load = new RegisterLoad(cluster.runningFrontDoors(), "away", 32)) {
            await().atMost(PATIENCE).until(() -> cluster.runningNodes().stream().allMatch(this::isCut));
            load.close();
            assertThat(load.surprises()).isEmpty();
            acknowledged = load.acknowledged();
        }
        for (int node : cluster.runningNodes()) {
            await().atMost(PATIENCE).until(() -> logBytes(node) <= BUDGET_BYTES + SEGMENT_BYTES);
        }

        cluster.start();
        cluster.awaitReady();
        assertThat(isCut(away)).as("it got a snapshot").isTrue();
        FrontDoor door = cluster.frontDoor(away);
        assertThat(acknowledged.subList(0, 500))
                .filteredOn(name -> door.login(name).status() != 200)
                .isEmpty();
        assertThat(acknowledged.subList(acknowledged.size() - 500, acknowledged.size()))
                .filteredOn(name -> door.login(name).status() != 200)
                .isEmpty();

        cluster.kill(away);
        cluster.start();
        cluster.awaitReady();
        assertThat(door.login(acknowledged.getFirst()).status()).isEqualTo(200);
    }
}
