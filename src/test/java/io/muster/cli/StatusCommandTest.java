package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.FakePace;
import io.muster.client.FakeServer;
import io.muster.client.Pace;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StatusCommandTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final FakeServer one = new FakeServer();
    private final FakeServer two = new FakeServer();
    private final FakeServer three = new FakeServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final FakePace pace = new FakePace();

    @AfterEach
    void close() {
        one.close();
        two.close();
        three.close();
    }

    @Test
    void showsLeaderAndFollowerAndWhoCannotBeReached() {
        one.answers(200, health("UP", 1, "LEADER", 120, 120, "1"));
        two.answers(503, health("DOWN", 2, "FOLLOWER", 118, 100, "1"));

        assertThat(status(one.url(), two.url(), NOBODY)).isEqualTo(0);
        assertThat(out.toString().lines())
                .containsExactly(
                        "node         role      term  commit  applied  leader  lag  health",
                        "1            LEADER    7     120     120      1       0    UP",
                        "2            FOLLOWER  7     118     100      1       20   DOWN",
                        "127.0.0.1:1  -         -     -       -        -       -    unreachable (connection refused)");
        assertThat(one.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.line()).isEqualTo("GET /actuator/health"));
    }

    @Test
    void exitsWithTwoWhenNoMajorityKnowsALeader() {
        one.answers(200, health("UP", 1, "LEADER", 1, 1, "1"));
        two.answers(503, health("DOWN", 2, "PRE_CANDIDATE", 1, 1, "null"));

        assertThat(status(one.url(), two.url(), NOBODY)).isEqualTo(2);
        assertThat(out.toString().lines().toList().get(2))
                .isEqualTo("2            PRE_CANDIDATE  7     1       1        -       0    DOWN");
    }

    @Test
    void exitsWithTwoWhenTheyNameDifferentLeaders() {
        one.answers(200, health("UP", 1, "LEADER", 1, 1, "1"));
        two.answers(200, health("UP", 2, "LEADER", 1, 1, "2"));

        assertThat(status(one.url(), two.url())).isEqualTo(2);
    }

    @Test
    void doesNotTakeAnyJsonForAReplica() {
        one.answers(200, "{\"status\":\"UP\"}");

        assertThat(status(one.url())).isEqualTo(2);
        assertThat(out.toString()).contains("unreachable (its health has no component raft)");
    }

    @Test
    void printsOneLineOfJson() {
        one.answers(200, health("UP", 1, "LEADER", 120, 119, "1"));

        assertThat(status("--json", one.url(), NOBODY)).isEqualTo(2);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("{\"leader\":null,\"servers\":[{\"server\":\"" + one.url()
                        + "\",\"node\":1,\"role\":\"LEADER\",\"term\":7,\"commit\":120,\"applied\":119,\"leader\":1,"
                        + "\"lag\":1,\"health\":\"UP\"},{\"server\":\"http://127.0.0.1:1\",\"health\":\"unreachable\","
                        + "\"reason\":\"connection refused\"}]}");
    }

    @Test
    void watchesEverySecondUntilItIsInterrupted() {
        one.answers(200, health("UP", 1, "FOLLOWER", 1, 1, "2")).answers(200, health("UP", 1, "LEADER", 2, 2, "1"));
        Pace interrupted = new Pace() {
            @Override
            public long nanoTime() {
                return pace.nanoTime();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                if (pace.pauses().size() == 2) {
                    throw new InterruptedException("Ctrl-C");
                }
                pace.pause(duration);
            }
        };

        command(interrupted).execute("--watch", "--servers", one.url().toString());

        assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(out.toString().lines().filter(line -> line.startsWith("1 ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("FOLLOWER"),
                        line -> assertThat(line).contains("LEADER"),
                        line -> assertThat(line).contains("LEADER"));
    }

    private int status(URI... servers) {
        return command(pace).execute("--servers", list(servers));
    }

    private int status(String option, URI... servers) {
        return command(pace).execute(option, "--servers", list(servers));
    }

    private CommandLine command(Pace clock) {
        Terminal terminal = new Terminal(
                new PrintWriter(out, true), new PrintWriter(err, true), InputStream.nullInputStream(), null);
        return new CommandLine(new StatusCommand(terminal, clock)).setErr(terminal.err());
    }

    private static String list(URI... servers) {
        return Stream.of(servers).map(URI::toString).collect(Collectors.joining(","));
    }

    private static String health(String status, int node, String role, long commit, long applied, String leader) {
        return """
                {"status":"%s","components":{"diskSpace":{"status":"UP"},"raft":{"status":"%s","details":{
                "role":"%s","term":7,"commitIndex":%d,"appliedIndex":%d,"leaderId":%s,"nodeId":%d,"lastIndex":130}}}}
                """.formatted(status, status, role, commit, applied, leader, node);
    }
}
