package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Three real servers that are killed, and stopped. */
@Timeout(300)
class ProcessesIT {

    private static final int ROUNDS = 2;
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private ProcessCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = new ProcessCluster(directory);
        cluster.start();
        cluster.awaitReady();
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void losesNoAcknowledgedUserWhenLeadersAreKilled() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(killLeaderDuringRegisters("round-" + round));
            cluster.start();
            cluster.awaitReady();
        }

        for (FrontDoor door : cluster.frontDoors()) {
            assertThat(acknowledged)
                    .filteredOn(name -> door.login(name).status() != 200)
                    .as("lost at %s", door)
                    .isEmpty();
        }
    }

    private List<String> killLeaderDuringRegisters(String prefix) throws Exception {
        try (RegisterLoad load = new RegisterLoad(cluster.frontDoors(), prefix)) {
            load.awaitMore(50);
            cluster.kill(cluster.leader());
            load.awaitMore(50);
            load.close();
            assertThat(load.surprises()).isEmpty();
            return load.acknowledged();
        }
    }

    @Test
    void sendsEverythingAgainToAFollowerWhoseDataWereDeleted() throws Exception {
        assertThat(cluster.frontDoor(1).register("sent-again").status()).isEqualTo(201);
        int follower = cluster.leader() % 3 + 1;
        cluster.kill(follower);
        FileSystemUtils.deleteRecursively(cluster.dataDirectory(follower));

        cluster.start();
        cluster.awaitReady();
        await().atMost(CATCH_UP)
                .untilAsserted(() -> assertThat(
                                cluster.frontDoor(follower).login("sent-again").status())
                        .isEqualTo(200));
    }

    @Test
    void stopsInGoodTimeWithAQuorumAndWithout() throws Exception {
        assertThat(cluster.frontDoor(1).register("kept").status()).isEqualTo(201);

        for (int node = 1; node <= 3; node++) {
            assertThat(cluster.terminate(node)).isIn(0, 143);
        }

        cluster.start();
        cluster.awaitReady();
        assertThat(cluster.frontDoors())
                .allSatisfy(door -> assertThat(door.login("kept").status()).isEqualTo(200));
    }
}
