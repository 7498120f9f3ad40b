package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.LogStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is cut up to where a flush says: so it must be on disk that far (baidu/braft#461). */
class RocksSnapshotFlushTest {

    private static final User ALICE = new User(new UUID(1, 1), "alice", new PasswordHash("$argon2id$s3cr3t"), 1);

    @TempDir
    Path temporary;

    @Test
    void whatTheLogMayLoseSurvivesACrash() throws IOException {
        Path directory = temporary.resolve("users");
        Path survivor = Files.createDirectory(temporary.resolve("survivor"));
        try (RocksUserStore store = TestStores.open(directory)) {
            store.write(new Batch(List.of(new Change.PutUser(ALICE)), UserStoreContract.at(7)));

            LogStart flushed = store.snapshots().flush();
            copy(directory, survivor);

            try (RocksUserStore found = TestStores.open(survivor)) {
                assertThat(found.applied()).isEqualTo(flushed);
                assertThat(found.userByName("alice")).isEqualTo(ALICE);
            }
        }
    }

    /** The files as they stand: what the process wrote survives it, what it held in memory does not. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
