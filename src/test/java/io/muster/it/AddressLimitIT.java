package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More from one address than it may send. */
@Timeout(120)
class AddressLimitIT {

    private static final int CAPACITY = 5;
    private static final int BURST = 30;
    /** In Kubernetes Spring Boot believes forwarded addresses unless it is told not to. */
    private static final Map<String, String> LIMITS = Map.of(
            "spring.main.cloud-platform", "kubernetes",
            "muster.limits.per-address.enabled", "true",
            "muster.limits.per-address.capacity", Integer.toString(CAPACITY),
            "muster.limits.per-address.refill-per-second", "1");

    private static final Map<String, String> ONE_SLOW_THREAD = Map.of(
            "server.forward-headers-strategy", "native",
            "muster.limits.per-address.enabled", "true",
            "muster.passwords.hash-threads", "1",
            "muster.passwords.argon2.memory-kib", "19456",
            "muster.passwords.argon2.iterations", "2");

    @Test
    void refusesWhatIsTooMuchForAWhile(@TempDir Path directory) {
        try (InProcessCluster cluster = new InProcessCluster(1, directory, LIMITS)) {
            cluster.start();
            FrontDoor door = cluster.layout().frontDoor(1);

            Answer refused = door.login("nobody");
            for (int through = 1; refused.status() != 429; through++) {
                assertThat(refused.status()).isEqualTo(401);
                assertThat(through).as("logins that were let through").isLessThan(20 * CAPACITY);
                refused = door.login("nobody");
            }

            assertThat(refused.code()).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(Objects.requireNonNull(refused.header("Retry-After"))))
                    .isBetween(1, 8);
            assertThat(refused.header("Served-By")).isEqualTo("1");
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(door.get("/actuator/health").status()).isEqualTo(200);
            assertThat(door.get("/users/login").status()).isEqualTo(405);
            for (int i = 0; i < CAPACITY; i++) {
                refused = door.send(door.json("/users/login", FrontDoor.credentials("nobody", FrontDoor.PASSWORD))
                        .header("X-Forwarded-For", "203.0.113." + i));
            }
            assertThat(refused.status()).isEqualTo(429);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> door.register("patient").status() == 201);
        }
    }

    /** A burst that is allowed, and would keep the one thread that hashes for a second. */
    @Test
    void servesOthersWhileOneAddressWaits(@TempDir Path directory) {
        try (InProcessCluster cluster = new InProcessCluster(1, directory, ONE_SLOW_THREAD)) {
            cluster.start();
            FrontDoor door = cluster.layout().frontDoor(1);
            assertThat(door.register("alice").status()).isEqualTo(201);
            AtomicInteger answered = new AtomicInteger();

            List<CompletableFuture<Answer>> burst = burstFrom("203.0.113.1", FrontDoor.PASSWORD, door, answered);
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > 0);
            assertThat(loginFrom("203.0.113.2", FrontDoor.PASSWORD, door).join().status())
                    .isEqualTo(200);

            assertThat(answered).as("answers to the burst by then").hasValueLessThan(BURST / 2);
            assertThat(burst)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        }
    }

    /** Of 60 calls at once, a quarter may fail. */
    @Test
    void refusesWhoGuesses(@TempDir Path directory) {
        try (InProcessCluster cluster = new InProcessCluster(1, directory, ONE_SLOW_THREAD)) {
            cluster.start();
            FrontDoor door = cluster.layout().frontDoor(1);
            assertThat(door.register("alice").status()).isEqualTo(201);

            List<CompletableFuture<Answer>> burst = burstFrom("203.0.113.1", "wrong horse", door, new AtomicInteger());

            assertThat(burst.stream().filter(answer -> answer.join().status() == 401))
                    .as("those that were hashed")
                    .hasSizeBetween(15, 20);
            Answer refused = loginFrom("203.0.113.1", FrontDoor.PASSWORD, door).join();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(Objects.requireNonNull(refused.header("Retry-After"))))
                    .isBetween(1, 12);
        }
    }

    private static List<CompletableFuture<Answer>> burstFrom(
            String address, String password, FrontDoor door, AtomicInteger answered) {
        return IntStream.range(0, BURST)
                .mapToObj(_ -> loginFrom(address, password, door).whenComplete((_, _) -> answered.incrementAndGet()))
                .toList();
    }

    private static CompletableFuture<Answer> loginFrom(String address, String password, FrontDoor door) {
        return CompletableFuture.supplyAsync(
                () -> door.send(door.json("/users/login", FrontDoor.credentials("alice", password))
                        .header("X-Forwarded-For", address)),
                task -> Thread.ofVirtual().start(task));
    }
}
