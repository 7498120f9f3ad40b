package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoriesTest {

    @TempDir
    private Path root;

    private Path replica;

    @BeforeEach
    void makeReplica() throws IOException {
        replica = root.resolve("node1");
        Files.createDirectories(replica.resolve("log"));
        Files.writeString(replica.resolve("identity"), "x");
        Files.writeString(replica.resolve("log/1.wal"), "x");
    }

    @Test
    void deletesReplicasAndEmptyDirectoriesAndMissesNone() throws Exception {
        Path empty = Files.createDirectory(root.resolve("node2"));

        DataDirectories.delete(List.of(replica, empty, root.resolve("node3")));

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void deletesNothingWhenOneIsSomethingElse() throws Exception {
        Path other = Files.createDirectory(root.resolve("node2"));
        Path precious = Files.writeString(other.resolve("thesis.txt"), "x");

        assertThatThrownBy(() -> DataDirectories.delete(List.of(replica, other)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(other.toString());
        assertThat(precious).exists();
        assertThat(replica.resolve("log/1.wal")).exists();
    }

    @Test
    void followsNoLinkOutOfTheDirectory() throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("thesis.txt"), "x");
        Files.createSymbolicLink(replica.resolve("users"), outside);

        DataDirectories.delete(List.of(replica));

        assertThat(replica).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    void refusesALink() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("node2"), replica);

        assertThatThrownBy(() -> DataDirectories.delete(List.of(link))).isInstanceOf(Refusal.class);
        assertThat(replica.resolve("identity")).exists();
    }
}
