package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.NodeId;
import io.muster.storage.DataDirectory;
import io.muster.storage.FileDisk;
import io.muster.storage.Identity;
import io.muster.storage.LogOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that cannot start say why, with what to do as their last line, and by their exit code (BSD sysexits). */
@Timeout(120)
class RefusedStartsIT {

    private static final int DATA_ERROR = 65;
    private static final int IN_USE = 75;
    private static final int CONFIGURATION = 78;

    @TempDir
    private Path directory;

    private Layout layout;
    private Map<String, String> settings;

    @BeforeEach
    void layOut() {
        layout = Layout.of(3, directory);
        settings = new LinkedHashMap<>(layout.settings(1));
    }

    @Test
    void refusesADirectoryThatAnotherProcessHolds() throws Exception {
        try (DataDirectory _ = firstStart()) {
            assertRefused(IN_USE, "another process");
        }
    }

    @Test
    void refusesATakenRestPort() throws Exception {
        int port = layout.restPorts().getFirst();
        try (ServerSocket _ = Ports.occupy(port)) {
            assertRefused(IN_USE, Integer.toString(port));
        }
    }

    @Test
    void refusesATakenPeerPort() throws Exception {
        int port = layout.grpcPorts().getFirst();
        try (ServerSocket _ = Ports.occupy(port)) {
            assertRefused(IN_USE, "grpc.server.port");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.address", "grpc.server.address"})
    void refusesAnAddressThatIsNotThisMachines(String setting) throws Exception {
        settings.put(setting, "192.0.2.1");

        assertRefused(CONFIGURATION, "correct " + setting);
    }

    @Test
    void refusesTheDirectoryOfAnotherNode() throws Exception {
        firstStart().close();
        settings.put("muster.node-id", "2");

        assertRefused(DATA_ERROR, "muster.node-id");
    }

    @Test
    void refusesTheDirectoryOfAnotherCluster() throws Exception {
        firstStart().close();
        settings.put("muster.cluster-id", "another");

        assertRefused(DATA_ERROR, "muster.cluster-id");
    }

    @Test
    void refusesADamagedVote() throws Exception {
        firstStart().close();
        Path vote = layout.dataDirectory(1).resolve("vote");
        byte[] content = Files.readAllBytes(vote);
        content[content.length - 1] ^= 1;
        Files.write(vote, content);

        assertRefused(DATA_ERROR, "vote");
        assertThat(vote).hasBinaryContent(content);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the same node twice       | 1=127.0.0.1:20001,1=127.0.0.1:20002,3=127.0.0.1:20003
            the same address twice    | 1=127.0.0.1:20001,2=127.0.0.1:20001,3=127.0.0.1:20003
            without itself            | 2=127.0.0.1:20001,3=127.0.0.1:20002,4=127.0.0.1:20003
            no ports                  | 1=127.0.0.1,2=127.0.0.1,3=127.0.0.1
            no list                   | three replicas please
            """)
    void refusesPeersThatAreNoCluster(String what, String peers) throws Exception {
        settings.put("muster.peers", peers);

        assertRefused(CONFIGURATION, "muster.peers");
        assertThat(layout.dataDirectory(1)).as(what).doesNotExist();
    }

    @Test
    void refusesToGoWithoutASecretForItsKeys() throws Exception {
        settings.remove("muster.tokens.demo-wrapping-key");

        assertRefused(CONFIGURATION, "muster.tokens.wrapping-key-file must be set");
        assertThat(layout.dataDirectory(1)).doesNotExist();
    }

    @Test
    void refusesASecretThatIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "a short secret\n");
        settings.put("muster.tokens.wrapping-key-file", file.toString());

        assertRefused(CONFIGURATION, "muster.tokens.wrapping-key-file: the file " + file);
        assertThat(Files.readString(directory.resolve("output"))).doesNotContain("a short secret");
        settings.put("muster.tokens.wrapping-key-file", "/nowhere/secret");
        assertRefused(CONFIGURATION, "NoSuchFileException");
    }

    @Test
    void refusesAPepperThatBcryptCannotTake() throws Exception {
        Path file = Files.writeString(directory.resolve("pepper"), "p".repeat(32));
        settings.put("muster.passwords.pepper-file", file.toString());
        settings.put("muster.passwords.algorithm", "bcrypt");

        assertRefused(CONFIGURATION, "bcrypt takes no pepper");
    }

    @Test
    void refusesAHashThatIsTooMuchWork() throws Exception {
        settings.put("muster.passwords.argon2.memory-kib", "65536");
        settings.put("muster.passwords.argon2.iterations", "17");

        assertRefused(
                CONFIGURATION,
                "muster.passwords.argon2.memory-kib times muster.passwords.argon2.iterations is at most 1048576, not 1114112");
    }

    @Test
    void warnsOnceOfEachWeakness() throws Exception {
        settings.put("muster.peers", layout.peers() + ",4=127.0.0.1:1");
        Path output = directory.resolve("output");
        try (ReplicaProcess replica = ReplicaProcess.start(settings, output)) {
            replica.awaitAlive(layout.frontDoor(1));

            List<String> warnings = replica.lines().stream()
                    .filter(line -> line.contains(" WARN "))
                    .toList();
            for (String weakness : List.of(
                    "an even number survives no more failures",
                    "below OWASP's minimum of 19456 KiB and 2 iterations",
                    "muster.tokens.wrapping-key-file is not set")) {
                assertThat(warnings)
                        .filteredOn(line -> line.contains(weakness))
                        .as(weakness)
                        .hasSize(1);
            }
            assertThat(replica.terminate()).isIn(0, 143);
        }
    }

    /** What a replica leaves behind that stopped before it had anything to do. */
    private DataDirectory firstStart() throws IOException {
        Path data = Files.createDirectories(layout.dataDirectory(1));
        var members = layout.nodes().stream().map(NodeId::new).collect(Collectors.toCollection(TreeSet::new));
        DataDirectory started =
                DataDirectory.open(FileDisk.open(data), new Identity("muster-it", new NodeId(1), members));
        started.openLog(0, LogOptions.DEFAULT);
        return started;
    }

    private void assertRefused(int exitCode, String reason) throws InterruptedException {
        try (ReplicaProcess replica = ReplicaProcess.start(settings, directory.resolve("output"))) {
            assertThat(replica.awaitExit()).as("%s", replica.said()).isEqualTo(exitCode);
            List<String> report = replica.lines().stream()
                    .dropWhile(line -> !line.equals("APPLICATION FAILED TO START"))
                    .filter(line -> !line.isBlank())
                    .toList();
            assertThat(report)
                    .as("%s", replica.said())
                    .contains("Description:")
                    .anyMatch(line -> line.contains(reason));
            assertThat(report.get(report.size() - 3)).isEqualTo("Action:");
            assertThat(replica.lines().getLast())
                    .startsWith("muster: fatal: ")
                    .endsWith("(exit code " + exitCode + ")");
            assertThat(replica.lines()).noneMatch(line -> line.startsWith("\tat "));
        }
    }
}
