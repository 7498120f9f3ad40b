package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.client.FakePace;
import io.muster.client.FakeServer;
import io.muster.client.Http;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With shells in the place of servers. */
@Timeout(30)
class LocalClusterIT {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final LocalCluster cluster = new LocalCluster(
            new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), InputStream.nullInputStream(), null),
            Duration.ofMillis(500));

    @AfterEach
    void stop() throws InterruptedException {
        cluster.stop();
    }

    @Test
    void showsEveryLineUnderItsName() throws Exception {
        start("node1", "echo one; echo two >&2; printf three");
        start("node2", "echo four");

        cluster.awaitEnd();

        assertThat(out.toString().lines())
                .containsExactlyInAnyOrder("node1 | one", "node1 | two", "node1 | three", "node2 | four");
    }

    @Test
    void breaksALineThatDoesNotEnd() throws Exception {
        start("node1", "head -c 20000 /dev/zero | tr '\\0' x");

        cluster.awaitEnd();

        assertThat(out.toString().lines().map(String::length))
                .containsExactly(8 * 1024 + 8, 8 * 1024 + 8, 20000 - 16 * 1024 + 8);
    }

    @Test
    void reportsTheExitCodeOfOneThatEnds() throws Exception {
        start("node1", "exit 74");

        cluster.awaitEnd();

        assertThat(err.toString()).contains("node1 ended with exit code 74");
    }

    @Test
    void waitsForThoseThatLiveOnly() throws Exception {
        try (FakeServer ready = new FakeServer();
                Http http = new Http()) {
            ready.answers(503, "{}").answers(503, "{}").answers(200, "{}");
            cluster.start("node1", NOBODY, List.of("sh", "-c", "exit 1"));
            cluster.awaitEnd();
            cluster.start("node2", ready.url(), List.of("sleep", "60"));
            FakePace pace = new FakePace();

            assertThat(cluster.awaitReady(http, pace, Duration.ofMinutes(1)))
                    .singleElement()
                    .satisfies(replica -> assertThat(replica.name()).isEqualTo("node2"));
            assertThat(pace.pauses()).hasSize(2);
            assertThat(ready.requests().getFirst().line()).isEqualTo("GET /actuator/health/readiness");
        }
    }

    @Test
    void doesNotWaitForEver() throws Exception {
        try (Http http = new Http()) {
            cluster.start("node1", NOBODY, List.of("sleep", "60"));
            FakePace pace = new FakePace();

            assertThat(cluster.awaitReady(http, pace, Duration.ofMinutes(2))).isEmpty();
            assertThat(pace.elapsed()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @Test
    void stopsThemPolitelyAndThenByForce() throws Exception {
        start("node1", "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        start("node2", "trap '' TERM; echo up; while :; do sleep 0.05; done");
        awaitLines("node1 | up", "node2 | up");

        cluster.stop();
        cluster.awaitEnd();

        assertThat(out.toString().lines()).containsExactlyInAnyOrder("node1 | up", "node2 | up", "node1 | bye");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void startsNoneAfterTheStop() throws Exception {
        cluster.stop();
        start("node1", "echo orphan");

        cluster.awaitEnd();

        assertThat(out.toString()).isEmpty();
    }

    private void awaitLines(String... lines) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> out.toString().lines().toList().containsAll(List.of(lines)));
    }

    private void start(String name, String script) throws Exception {
        cluster.start(name, NOBODY, List.of("bash", "-c", script));
    }
}
