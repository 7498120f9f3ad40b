package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The built image as three containers; every test finds all of them ready. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(DockerRequired.class)
class ContainersIT {

    private static final Duration FAILOVER = Duration.ofSeconds(30);

    private ContainerCluster cluster;

    @BeforeAll
    void buildImage(@TempDir Path directory) throws Exception {
        ContainerCluster.buildImage(directory.resolve("build.log"));
        cluster = new ContainerCluster();
    }

    @BeforeEach
    void startWhatIsStopped() {
        cluster.start();
    }

    @AfterAll
    void removeContainers() {
        cluster.close();
    }

    @Test
    void outlivesItsLeader() {
        assertThat(cluster.frontDoor(1).register("survivor")).returns(201, Answer::status);
        int leader = cluster.leader();

        cluster.kill(leader);

        assertLogsIn(cluster.others(leader), "survivor");
        cluster.start();
        assertLogsIn(cluster.frontDoors(), "survivor");
    }

    @Test
    void goesOnWhileItsLeaderIsPaused() {
        int leader = cluster.leader();
        List<FrontDoor> others = cluster.others(leader);

        cluster.pause(leader);
        try {
            await().atMost(FAILOVER).until(() -> others.stream().anyMatch(FrontDoor::isLeader));
            assertRegisters(others.getFirst(), "meanwhile");
            assertLogsIn(others, "meanwhile");
        } finally {
            cluster.resume(leader);
        }
        assertLogsIn(cluster.frontDoors(), "meanwhile");
    }

    @Test
    void catchesUpAfterItWasCutOff() {
        int leader = cluster.leader();
        List<FrontDoor> others = cluster.others(leader);

        cluster.cutOff(leader);
        try {
            await().atMost(FAILOVER).until(() -> others.stream().anyMatch(FrontDoor::isLeader));
            assertRegisters(others.getLast(), "elsewhere");
        } finally {
            cluster.heal(leader);
        }

        long committed = others.getFirst().raft().path("commitIndex").asLong();
        FrontDoor healed = cluster.frontDoor(leader);
        await().atMost(FAILOVER)
                .until(() ->
                        healed.isReady() && healed.raft().path("appliedIndex").asLong() >= committed);
        assertLogsIn(cluster.frontDoors(), "elsewhere");
    }

    /** While a leader is being found, the answer may be 503; with its key, a retry is safe. */
    private static void assertRegisters(FrontDoor door, String name) {
        await().atMost(FAILOVER)
                .untilAsserted(
                        () -> assertThat(door.register(name, "key of " + name)).returns(201, Answer::status));
    }

    private static void assertLogsIn(List<FrontDoor> doors, String name) {
        assertThat(doors)
                .allSatisfy(door -> await().atMost(FAILOVER)
                        .untilAsserted(
                                () -> assertThat(door.login(name).status()).isEqualTo(200)));
    }
}
