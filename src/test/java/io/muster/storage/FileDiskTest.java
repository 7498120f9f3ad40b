package io.muster.storage;

import static io.muster.storage.Fixtures.NODE_3;
import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Entry;
import io.muster.storage.StorageException.DiskFailed;
import io.muster.storage.StorageException.Locked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {

    @TempDir
    Path temporary;

    private Path directory = Path.of("");

    @BeforeEach
    void nameADirectoryThatIsNotThere() {
        directory = temporary.resolve("parent/data");
    }

    @Test
    void keepsLogAndVoteOverARestart() {
        try (DataDirectory first = DataDirectory.open(FileDisk.open(directory), Fixtures.IDENTITY)) {
            DurableLog log = first.openLog(0, SMALL);
            first.saveVote(new Vote(2, NODE_3));
            log.append(entries(1, 12, 1));
            log.append(entries(9, 30, 2));
        }

        try (DataDirectory second = DataDirectory.open(FileDisk.open(directory), Fixtures.IDENTITY)) {
            DurableLog log = second.openLog(30, SMALL);
            assertThat(second.vote()).isEqualTo(new Vote(2, NODE_3));
            assertThat(all(log)).startsWith(entries(1, 8, 1).toArray(Entry[]::new));
            assertThat(all(log)).endsWith(entries(9, 30, 2).toArray(Entry[]::new));
        }
    }

    @Test
    void keepsEverythingForTheOwnerOnly() throws IOException {
        try (DataDirectory opened = DataDirectory.open(FileDisk.open(directory), Fixtures.IDENTITY)) {
            opened.openLog(0, SMALL).append(entries(1, 1, 1));
        }

        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> all = paths.toList();
            assertThat(all).hasSize(6);
            for (Path path : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void refusesASecondOneInThisProcess() {
        DataDirectory first = DataDirectory.open(FileDisk.open(directory), Fixtures.IDENTITY);

        assertThatThrownBy(() -> DataDirectory.open(FileDisk.open(directory), Fixtures.IDENTITY))
                .isInstanceOf(Locked.class)
                .hasMessageContaining(directory.toString());
        first.close();
        DataDirectory.open(FileDisk.open(directory), Fixtures.IDENTITY).close();
    }

    @Test
    void namesADirectoryThatCannotBeMade() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> FileDisk.open(file.resolve("data")))
                .isInstanceOf(DiskFailed.class)
                .hasMessageContaining("cannot make the data directory " + file.resolve("data"));
    }

    @Test
    void listsFilesSortedAndNothingWhereThereIsNoDirectory() throws IOException {
        FileDisk disk = FileDisk.open(directory);
        disk.createDirectory("sub");
        disk.createDirectory("sub");
        disk.open("sub/b").close();
        disk.open("sub/a").close();

        assertThat(disk.list("sub")).containsExactly("a", "b");
        assertThat(disk.list("")).isEmpty();
        assertThat(disk.list("none")).isEmpty();
    }

    @Test
    void readsUpToTheEndOfTheFile() throws IOException {
        try (Disk.File file = FileDisk.open(directory).open("file")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 2);
            file.sync();
            ByteBuffer buffer = ByteBuffer.allocate(10);

            assertThat(file.size()).isEqualTo(5);
            assertThat(file.read(buffer, 1)).isEqualTo(4);
            assertThat(buffer.array()).startsWith(0, 1, 2, 3);
            assertThat(file.read(buffer, 9)).isZero();
        }
    }

    @Test
    void outlivesAnInterruptedReader() throws Exception {
        try (Disk.File file = FileDisk.open(directory).open("file")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
            Thread reader = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> file.read(ByteBuffer.allocate(3), 0))
                        .isInstanceOf(ClosedByInterruptException.class);
            });
            reader.join();

            file.write(ByteBuffer.wrap(new byte[] {4}), 3);
            file.sync();
            ByteBuffer buffer = ByteBuffer.allocate(4);
            assertThat(file.read(buffer, 0)).isEqualTo(4);
            assertThat(buffer.array()).containsExactly(1, 2, 3, 4);
        }
    }
}
