package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What guesses at a password do where {@code muster.limits.per-account} says that they slow an account down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowedAccountIT {

    private static final int FAILURES = 3;

    private InProcessCluster cluster;
    private FrontDoor replica;
    private String administrator;

    @BeforeAll
    void start(@TempDir Path directory) {
        Map<String, String> settings = new HashMap<>(Root.SETTINGS);
        settings.put("muster.limits.per-account.mode", "slow");
        settings.put("muster.limits.per-account.failures", Integer.toString(FAILURES));
        cluster = new InProcessCluster(1, directory, settings);
        cluster.start();
        replica = cluster.frontDoors().getFirst();
        administrator = Root.awaitToken(replica);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private String register(String username) {
        return replica.register(username).json().path("id").asString();
    }

    private void guess(String username, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(replica.login(username, "wrong horse").status()).isEqualTo(401);
        }
    }

    /** Closes its door for a moment; tries again where this machine stood still for longer than that. */
    private void slowDown(String username) {
        await().until(() -> {
            guess(username, FAILURES);
            return replica.login(username).code().equals("invalid-credentials");
        });
    }

    @Test
    void refusesForAMomentAndLocksNobody() {
        String id = register("alice");
        slowDown("alice");

        assertThat(replica.send(replica.request("/users/" + id).header("Authorization", "Bearer " + administrator))
                        .json()
                        .path("lockedUntil")
                        .isNull())
                .isTrue();
        // Twice as long with each round of guesses, and a minute at most.
        await().atMost(Duration.ofSeconds(90))
                .until(() -> replica.login("alice").status() == 200);
    }

    @Test
    void countsAsFarAsItIsTold() {
        register("bob");
        guess("bob", FAILURES - 1);

        assertThat(replica.login("bob").status()).isEqualTo(200);
    }

    @Test
    void opensByAResetCode() {
        String id = register("carol");
        slowDown("carol");
        String code = replica.send(replica.request("/users/" + id + "/reset-code")
                        .header("Authorization", "Bearer " + administrator)
                        .POST(BodyPublishers.noBody()))
                .json()
                .path("code")
                .asString();

        assertThat(replica.send(replica.json(
                                "/users/reset",
                                "{\"username\":\"carol\",\"code\":\"" + code + "\",\"new\":\"better horse\"}"))
                        .status())
                .isEqualTo(204);
        assertThat(replica.login("carol", "better horse").status()).isEqualTo(200);
    }
}
