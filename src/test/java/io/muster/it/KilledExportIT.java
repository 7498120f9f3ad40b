package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.client.MusterClient;
import io.muster.client.UserAdministration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An export by the client, from a server that is killed in the midst of it. */
@Timeout(300)
class KilledExportIT {

    /** About 25 MB, of which some 10 lie in the buffers of a connection whose reader waits: it is killed before it has written all. */
    private static final int USERS = 100_000;

    /** Few enough to be imported within one try of the client, on a slow machine as well. */
    private static final int USERS_OF_A_PART = 1_000;

    /** Argon2id, of no password; long, so that fewer users fill the buffers. */
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$" + "c2FsdHNhbHQ" + "$" + "c2VjcmV0c2VjcmV0".repeat(4);

    @TempDir
    private Path directory;

    private ProcessCluster cluster;

    @BeforeEach
    void startCluster() {
        cluster = new ProcessCluster(directory, Root.SETTINGS);
        cluster.start();
        cluster.awaitReady();
        var _ = Root.awaitToken(cluster.frontDoor(1));
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void hasEveryUserOnceWhereItsServerIsKilled() throws Exception {
        List<URI> servers = cluster.frontDoors().stream()
                .map(door -> URI.create("http://127.0.0.1:" + door.port()))
                .toList();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MusterClient client = new MusterClient(servers)) {
            UserAdministration administration =
                    client.login(Root.NAME, FrontDoor.PASSWORD).administration();
            for (int from = 0; from < USERS; from += USERS_OF_A_PART) {
                administration.importUsers(lines(from), false);
            }

            administration.exportUsers(new KillAtTheFirstLine(file));
        }

        assertThat(file.toString(StandardCharsets.UTF_8).lines())
                .map(line -> JsonMapper.shared().readTree(line).path("username").asString())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, USERS)
                        .mapToObj(i -> i < USERS ? username(i) : Root.NAME)
                        .toList());
        await("another server goes on with it").until(() -> hasBegunToExport(2) || hasBegunToExport(3));
    }

    private boolean hasBegunToExport(int node) throws IOException {
        return Files.readString(directory.resolve("node" + node + ".log")).contains("users-exported");
    }

    private static String username(int i) {
        return "b%06d".formatted(i);
    }

    private static byte[] lines(int from) {
        return IntStream.range(from, from + USERS_OF_A_PART)
                .mapToObj(i -> "{\"username\":\"" + username(i) + "\",\"hash\":\"" + HASH + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads nothing more until the first server, which begins, is no more. */
    private final class KillAtTheFirstLine extends OutputStream {

        private final ByteArrayOutputStream to;

        KillAtTheFirstLine(ByteArrayOutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (to.size() == 0) {
                killTheFirst();
            }
            to.write(bytes, offset, length);
        }

        private void killTheFirst() throws IOException {
            await("the first server begins it").until(() -> hasBegunToExport(1));
            try {
                cluster.kill(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }
}
