package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happens to an account whose password is guessed at, on three replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockoutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private InProcessCluster cluster;
    private List<FrontDoor> replicas;
    private String administrator;

    @BeforeAll
    void start(@TempDir Path directory) {
        cluster = new InProcessCluster(3, directory, Root.SETTINGS);
        cluster.start();
        replicas = cluster.frontDoors();
        administrator = Root.awaitToken(replicas.getFirst());
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static void guess(FrontDoor replica, String username, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(replica.login(username, "wrong horse " + i).status()).isEqualTo(401);
        }
    }

    private Answer patch(String id, String body) {
        FrontDoor replica = replicas.getLast();
        return replica.send(replica.request("/users/" + id)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + administrator)
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private JsonNode user(String id) {
        FrontDoor replica = replicas.getLast();
        return replica.send(replica.request("/users/" + id).header("Authorization", "Bearer " + administrator))
                .json();
    }

    private boolean isLocked(String id) {
        return !user(id).path("lockedUntil").isNull();
    }

    @Test
    void locksAnAccountOnEveryReplicaAndUnlocksItOnEveryReplica() {
        String id = replicas.getFirst().register("alice").json().path("id").asString();
        String session =
                replicas.getFirst().login("alice").json().path("access_token").asString();
        guess(replicas.get(1), "alice", 10);
        await().atMost(PATIENCE).until(() -> isLocked(id));

        Instant until = Instant.parse(user(id).path("lockedUntil").asString());
        assertThat(until).isBetween(Instant.now(), Instant.now().plusSeconds(60));
        for (FrontDoor replica : replicas) {
            assertThat(replica.login("alice").code()).isEqualTo("invalid-credentials");
            assertThat(replica.send(replica.request("/users/me").header("Authorization", "Bearer " + session))
                            .status())
                    .as("sessions go on")
                    .isEqualTo(200);
        }

        guess(replicas.getFirst(), "alice", 1);
        assertThat(patch(id, "{\"locked\":false}").json().path("lockedUntil").isNull())
                .isTrue();
        for (FrontDoor replica : replicas) {
            assertThat(replica.login("alice").status()).isEqualTo(200);
        }
    }

    /** Body and headers alike: nothing tells a guesser which of them it was. */
    @Test
    void answersEveryRefusedLoginAlike() {
        String locked = replicas.getFirst().register("locked").json().path("id").asString();
        String disabled =
                replicas.getFirst().register("disabled").json().path("id").asString();
        replicas.getFirst().register("wrong");
        guess(replicas.getFirst(), "locked", 10);
        await().atMost(PATIENCE).until(() -> isLocked(locked));
        assertThat(patch(disabled, "{\"disabled\":true}").status()).isEqualTo(200);

        Set<String> answers = new HashSet<>();
        answers.add(seen(replicas.getFirst().login("locked")));
        answers.add(seen(replicas.getFirst().login("locked", "wrong horse")));
        answers.add(seen(replicas.getFirst().login("disabled")));
        answers.add(seen(replicas.getFirst().login("nobody")));
        answers.add(seen(replicas.getFirst().login("no body")));
        answers.add(seen(replicas.getFirst().login("wrong", "wrong horse")));
        answers.add(seen(replicas.getFirst().login("wrong", "wrong\u0000horse")));
        assertThat(answers).hasSize(1);
    }

    private static String seen(Answer answer) {
        ObjectNode body = (ObjectNode) answer.json();
        body.remove("traceId");
        return answer.status() + " " + body + " "
                + new TreeMap<>(answer.response().headers().map())
                        .entrySet().stream()
                                .filter(header -> !Set.of("date", "raft-index").contains(header.getKey()))
                                .toList();
    }

    @Test
    void countsGuessesAtTheOtherDoorsAsWell() {
        FrontDoor replica = replicas.getFirst();
        String id = replica.register("bob").json().path("id").asString();
        String session = replica.login("bob").json().path("access_token").asString();
        for (int i = 0; i < 5; i++) {
            assertThat(replica.send(replica.json(
                                            "/users/me/password", "{\"current\":\"wrong\",\"new\":\"better horse\"}")
                                    .header("Authorization", "Bearer " + session))
                            .code())
                    .isEqualTo("invalid-credentials");
        }
        guess(replica, "bob", 5);
        await().atMost(PATIENCE).until(() -> isLocked(id));
    }
}
