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
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Three replicas in one JVM; every test finds all of them ready. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeReplicasIT {

    private InProcessCluster cluster;

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = new InProcessCluster(3, directory);
    }

    @BeforeEach
    void startWhatIsStopped() {
        cluster.start();
    }

    @AfterAll
    void stopCluster() {
        cluster.close();
    }

    @Test
    void logsInOnEveryReplicaWhoeverRegistered() {
        for (int node : cluster.layout().nodes()) {
            String name = "user-of-" + node;
            Answer registered = cluster.layout().frontDoor(node).register(name);

            assertThat(registered.status()).as("%s", registered).isEqualTo(201);
            String id = registered.json().path("id").asString();
            assertThat(registered.header("Location")).isEqualTo("/users/" + id);
            assertThat(registered.header("Served-By")).isEqualTo(Integer.toString(node));
            assertThat(registered.json().path("username").asString()).isEqualTo(name);
            assertThat(cluster.frontDoors()).allSatisfy(door -> assertLogsIn(door, name, id));
        }
    }

    private static void assertLogsIn(FrontDoor door, String name, String id) {
        Answer login = door.login(name);
        assertThat(login.status()).as("%s", login).isEqualTo(200);
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        assertThat(login.json().at("/user/id").asString()).isEqualTo(id);
        assertThat(login.json().at("/user/username").asString()).isEqualTo(name);
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownNameAlike() {
        assertThat(door(1).register("careful").status()).isEqualTo(201);

        for (FrontDoor door : cluster.frontDoors()) {
            JsonNode wrong = problem(door.login("careful", "correct house"), 401, "invalid-credentials");
            JsonNode unknown = problem(door.login("nobody", FrontDoor.PASSWORD), 401, "invalid-credentials");
            assertThat(wrong).isEqualTo(unknown);
        }
    }

    /** The body without what differs in every answer. */
    private static JsonNode problem(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        return answer.json().asObject().without("traceId");
    }

    @Test
    void answersAReplayAsTheFirstTimeOnAnyReplica() {
        Answer first = door(1).register("repeated", "key-1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();

        for (FrontDoor door : List.of(door(2), door(3))) {
            Answer replay = door.register("repeated", "\"key-1\"");
            assertThat(replay.status()).as("%s", replay).isEqualTo(201);
            assertThat(replay.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(replay.json()).isEqualTo(first.json());
            problem(door.register("another", "key-1"), 422, "idempotency-key-reused");
        }
    }

    @Test
    void takesNamesThatDifferInCaseOnlyForOne() {
        assertThat(door(1).register("Ärger").status()).isEqualTo(201);

        problem(door(2).register("äRGER"), 409, "username-taken");
        assertThat(door(3).login("ÄRGER").json().at("/user/username").asString())
                .isEqualTo("ärger");
    }

    @Test
    void tellsOperatorsItsPlaceInTheCluster() {
        List<JsonNode> replicas =
                cluster.frontDoors().stream().map(FrontDoor::raft).toList();

        assertThat(replicas).allSatisfy(raft -> {
            assertThat(raft.path("role").asString()).isIn("LEADER", "FOLLOWER");
            assertThat(raft.path("term").asLong()).isPositive();
            assertThat(raft.path("leaderId").asInt()).isBetween(1, 3);
            assertThat(raft.path("commitIndex").asLong()).isPositive();
            assertThat(raft.path("appliedIndex").asLong()).isPositive();
            assertThat(raft.path("lastIndex").asLong()).isPositive();
        });
        assertThat(replicas).extracting(raft -> raft.path("nodeId").asInt()).containsExactly(1, 2, 3);
        assertThat(replicas)
                .filteredOn(raft -> raft.path("role").asString().equals("LEADER"))
                .singleElement()
                .satisfies(leader -> assertThat(leader.path("nodeId")).isEqualTo(leader.path("leaderId")));
        assertThat(cluster.frontDoors()).allMatch(FrontDoor::isAlive);
    }

    @Test
    void showsItsMeters() {
        assertThat(cluster.frontDoors())
                .allSatisfy(door -> assertThat(
                                door.get("/actuator/prometheus").body().lines())
                        .anyMatch(line -> line.matches("raft_term [1-9].*"))
                        .anyMatch(line -> line.matches("raft_role\\{role=\"(LEADER|FOLLOWER)\"} 1\\.0"))
                        .anyMatch(line -> line.matches("raft_commit_index [1-9].*"))
                        .anyMatch(line -> line.matches("raft_applied_index [1-9].*"))
                        .anyMatch(line -> line.matches("muster_disk_sync_seconds_count [1-9].*")));
    }

    @Test
    void refusesAloneAndForgetsNothing() {
        assertThat(door(1).register("remembered").status()).isEqualTo(201);
        FrontDoor lonely = door(1);

        cluster.stop(2);
        cluster.stop(3);
        await().atMost(Duration.ofSeconds(20)).until(() -> !lonely.isReady());

        Answer write = lonely.register("homeless");
        problem(write, 503, "no-quorum");
        assertThat(write.json().path("outcome").asString()).isEqualTo("not-applied");
        assertThat(write.header("Retry-After")).isNotNull();
        Answer read = lonely.login("remembered");
        problem(read, 503, "no-quorum");
        assertThat(read.json().has("outcome")).isFalse();
        assertThat(lonely.isAlive()).isTrue();
        assertThat(lonely.get("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(lonely.raft().path("nodeId").asInt()).isEqualTo(1);

        cluster.start();
        assertThat(cluster.frontDoors()).allSatisfy(door -> {
            assertThat(door.login("remembered").status()).isEqualTo(200);
            problem(door.login("homeless"), 401, "invalid-credentials");
        });
    }

    @Test
    void isSoundAfterStrangersSpokeToItsPeerPort() throws Exception {
        long term = door(1).raft().path("term").asLong();

        for (int port : cluster.layout().grpcPorts()) {
            Strangers.sendGarbage(port);
            Strangers.assertRefused(port, "another-cluster", 1, 2);
            Strangers.assertRefused(port, "muster-it", 2, 9);
            Strangers.assertRefused(
                    port, "muster-it", 9, 1 + cluster.layout().grpcPorts().indexOf(port));
        }

        assertThat(door(2).register("unshaken").status()).isEqualTo(201);
        assertThat(cluster.frontDoors())
                .allSatisfy(door -> assertThat(door.login("unshaken").status()).isEqualTo(200));
        assertThat(door(1).raft().path("term").asLong()).isEqualTo(term);
    }

    private FrontDoor door(int node) {
        return cluster.layout().frontDoor(node);
    }
}
