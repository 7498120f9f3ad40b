package io.muster.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.Files.exists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.leak.HeapDump;
import io.muster.leak.Needles;
import io.muster.leak.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three real servers that log all they can are given secrets, and then searched for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(600)
class SecretsIT {

    private static final String ADMINISTRATOR = "root";
    private static final String GIVEN = "givenbyasetting";
    private static final String WRAPPING_SECRET = "wrappingsecretwrappingsecretwrapping";
    private static final String HASH = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$" + "c2VjcmV0".repeat(10);
    private static final String FIRST_SEGMENT = "log/%016x.wal".formatted(1);

    /** Of each replica: its data, all that it logged, and what others sent to it over gRPC and were answered. */
    private static final List<String> PLACES =
            List.of("node1", "node2", "node3", "node1.log", "node2.log", "node3.log", "wire1", "wire2", "wire3");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Confidant confidant = new Confidant();

    private Path directory;
    private List<Wiretap> taps;
    private ProcessCluster cluster;
    private String administrator;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        this.directory = Files.createDirectory(directory.resolve("cluster"));
        Path secretFile = Files.writeString(directory.resolve("wrapping-key"), WRAPPING_SECRET);
        Layout layout = Layout.of(3, this.directory);
        taps = layout.nodes().stream()
                .map(node -> new Wiretap(layout.grpcPorts().get(node - 1), this.directory.resolve("wire" + node)))
                .toList();
        cluster = new ProcessCluster(layout, settings(secretFile));
        cluster.start();
        cluster.awaitReady();
        await().atMost(PATIENCE)
                .until(() -> cluster.frontDoor(1).login(ADMINISTRATOR, GIVEN).status() == 200);
        SecretActs acts = new SecretActs(confidant);
        String password = acts.becomeAdministrator(cluster.frontDoor(1), ADMINISTRATOR, GIVEN);
        administrator = confidant.login(cluster.frontDoor(2), ADMINISTRATOR, password);
        actEverywhere(acts);
    }

    private Map<String, String> settings(Path secretFile) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "muster.peers",
                IntStream.rangeClosed(1, 3)
                        .mapToObj(node ->
                                node + "=127.0.0.1:" + taps.get(node - 1).port())
                        .collect(Collectors.joining(",")));
        settings.put("muster.raft.log-budget", "4MB");
        settings.put("muster.tokens.demo-wrapping-key", "false");
        settings.put("muster.tokens.wrapping-key-file", secretFile.toString());
        settings.put("muster.admin.username", ADMINISTRATOR);
        settings.put("muster.admin.password", GIVEN);
        settings.put("muster.tokens.refresh-lifetime", "1h");
        settings.put("logging.level.root", "DEBUG");
        settings.put("logging.level.io.muster", "TRACE");
        settings.put("logging.level.org.apache", "TRACE");
        settings.put("logging.level.org.springframework.web", "TRACE");
        return settings;
    }

    private void actEverywhere(SecretActs acts) {
        for (int node = 1; node <= 3; node++) {
            FrontDoor replica = cluster.frontDoor(node);
            FrontDoor other = cluster.frontDoor(node % 3 + 1);
            acts.liveAsUser(replica, other, "user-" + node, administrator);
            acts.liveAsImported(replica, other, "of-elsewhere-" + node, administrator);
            new WrongRequests(confidant, replica).send(administrator);
        }
    }

    @AfterAll
    void stop() {
        cluster.close();
        taps.forEach(Wiretap::close);
    }

    private Needles needles() {
        List<Secret> all = new ArrayList<>(confidant.secrets());
        all.add(new Secret("the wrapping secret", WRAPPING_SECRET));
        all.add(new Secret("the first administrator's password", GIVEN));
        return new Needles(all);
    }

    private static List<String> found(Needles needles, Stream<String> texts) {
        return texts.flatMap(text -> needles.in(text.getBytes(UTF_8)).stream().map(secret -> secret + " in " + text))
                .toList();
    }

    @Test
    @Order(1)
    void answersWithNone() {
        List<Answer> meters = new ArrayList<>();
        for (FrontDoor replica : cluster.frontDoors()) {
            for (String path : List.of("prometheus", "health", "info")) {
                meters.add(confidant.send(replica, replica.request("/actuator/" + path), 200));
            }
        }
        assertThat(meters.getFirst().body()).contains("muster_audit_events_total");
        assertThat(found(needles(), confidant.answers().stream())).isEmpty();
    }

    /** What nobody refers to is garbage for good: where that is so before the minute is over, it is so at its end. */
    @Test
    @Order(2)
    void keepsNoneInMemoryForAMinute() {
        await().atMost(Duration.ofMinutes(1)).until(this::holders, List::isEmpty);
    }

    /** Beside the HTTP server with its buffers, and the environment, of which it must be known that it is looked through. */
    private List<String> holders() throws IOException, InterruptedException {
        List<Secret> all = new ArrayList<>(confidant.secrets());
        all.add(new Secret("the environment", GIVEN));
        Needles needles = new Needles(all);
        List<String> holders = new ArrayList<>();
        for (int node = 1; node <= 3; node++) {
            HeapDump dump = HeapDump.of(cluster.pid(node), directory.resolveSibling("heap"));
            holders.addAll(dump.holders(needles, SecretsIT::isHttpServer));
            assertThat(holders.removeIf(holder -> holder.startsWith("[the environment]")))
                    .isTrue();
        }
        return holders;
    }

    private static boolean isHttpServer(String type) {
        return Stream.of("org.apache.coyote.", "org.apache.tomcat.util.", "org.apache.catalina.connector.")
                .anyMatch(type::startsWith);
    }

    @Test
    @Order(3)
    void writesNone() throws IOException {
        assertThat(leaks()).isEmpty();
    }

    @Test
    @Order(4)
    void sendsNoneInASnapshot() throws Exception {
        sendASnapshot();
        assertThat(leaks()).isEmpty();
    }

    private List<String> leaks() throws IOException {
        Needles secrets = needles();
        Needles hashes = new Needles(confidant.hashes());
        Needles names = new Needles(confidant.names());
        List<String> leaks = new ArrayList<>();
        for (String place : PLACES) {
            Path top = directory.resolve(place);
            assertThat(found(names, top)).as("names in " + place).isNotEmpty();
            leaks.addAll(found(secrets, top));
            leaks.addAll(place.endsWith(".log") ? found(hashes, top) : List.of());
        }
        return leaks;
    }

    private static List<String> found(Needles needles, Path top) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                needles.in(Files.readAllBytes(file)).forEach(secret -> found.add(secret + " in " + file));
            }
        }
        return found;
    }

    private void sendASnapshot() throws InterruptedException {
        int away = cluster.leader() % 3 + 1;
        cluster.kill(away);
        FrontDoor replica = cluster.runningFrontDoors().getFirst();
        for (int part = 0; !cluster.runningNodes().stream().allMatch(this::isCut); part++) {
            String name = "bulk-" + part + "-";
            confidant.importUsers(
                    replica,
                    administrator,
                    IntStream.range(0, 5_000)
                            .mapToObj(i -> Confidant.json(Map.of("username", name + i, "hash", HASH)))
                            .collect(Collectors.joining("\n")));
        }
        cluster.start();
        cluster.awaitReady();
        assertThat(isCut(away)).as("it got a snapshot").isTrue();
    }

    private boolean isCut(int node) {
        return !exists(cluster.dataDirectory(node).resolve(FIRST_SEGMENT));
    }
}
