package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many more registers than one thread can hash. */
@Timeout(180)
class OverloadIT {

    private static final Map<String, String> SLOW_HASHES = Map.of(
            "muster.passwords.argon2.memory-kib", "32768",
            "muster.passwords.argon2.iterations", "2",
            "muster.passwords.hash-threads", "1");
    private static final int WRITERS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void refusesAtTheDoorWhatWouldWaitTooLongAndServesTheRest(@TempDir Path directory) throws Exception {
        try (InProcessCluster cluster = new InProcessCluster(1, directory, SLOW_HASHES)) {
            cluster.start();
            FrontDoor door = cluster.layout().frontDoor(1);
            RegisterLoad load = new RegisterLoad(cluster.frontDoors(), "crowd", WRITERS);
            try (load) {
                load.awaitMore(1);
                await().atMost(PATIENCE).untilAsserted(() -> refusesUnread(door));
                load.awaitMore(20);
            }

            assertThat(load.surprises()).isEmpty();
            assertThat(door.register("later").status()).isEqualTo(201);
            assertThat(load.acknowledged())
                    .allSatisfy(name -> assertThat(door.login(name).status()).isEqualTo(200));
            assertThat(door.get("/actuator/prometheus").body().lines())
                    .anyMatch(line -> line.startsWith("http_server_requests_seconds_count")
                            && line.contains("status=\"503\"")
                            && line.contains("uri=\"/users/register\""));
        }
    }

    /** One that is read has no JSON. */
    private static void refusesUnread(FrontDoor door) {
        Answer refused = door.send(door.json("/users/register", "{"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("overloaded");
        assertThat(refused.json().path("outcome").asString()).isEqualTo("not-applied");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("Served-By")).isEqualTo("1");
        assertThat(refused.header("Raft-Index")).isNotNull();

        Answer refusedLogin = door.send(door.json("/users/%6Cogin", "{"));
        assertThat(refusedLogin.status()).isEqualTo(503);
        assertThat(refusedLogin.json().has("outcome")).isFalse();
        assertThat(door.get("/users/register").status()).isEqualTo(405);
    }
}
