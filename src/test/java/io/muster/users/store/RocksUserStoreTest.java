package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class RocksUserStoreTest extends UserStoreContract {

    private static final User ALICE = new User(new UUID(1, 1), "alice", new PasswordHash("$argon2id$s3cr3t"), 1);

    @TempDir
    Path temporary;

    private final CompletableFuture<UserStoreException> backgroundError = new CompletableFuture<>();

    private Path directory() {
        return temporary.resolve("users");
    }

    private RocksUserStore open(Path directory) {
        return TestStores.open(directory, backgroundError::complete);
    }

    @Override
    UserStore open() {
        return open(directory());
    }

    /** The files as they stand: what the process wrote survives it, what it held in memory does not. */
    @Override
    UserStore openAsAfterACrash(UserStore running) {
        Path copy = temporary.resolve("copy");
        try {
            Files.createDirectory(copy);
            copyFiles(directory(), copy, name -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(copy);
    }

    private static void copyFiles(Path from, Path to, Predicate<String> names) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (names.test(file.getFileName().toString())) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    /** A closed store with one user, elsewhere than that of the contract. */
    private Path closedStore() {
        Path directory = temporary.resolve("closed");
        try (UserStore store = open(directory)) {
            store.write(new Batch(List.of(new Change.PutUser(ALICE)), UserStoreContract.at(1)));
        }
        return directory;
    }

    private static Path fileIn(Path directory, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    @Test
    void makesItsDirectoryForTheOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void narrowsTheModeOfADirectoryThatIsThere() throws IOException {
        Path wide = Files.createDirectory(temporary.resolve("wide"));
        Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-xr-x"));

        open(wide).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wide)))
                .isEqualTo("rwx------");
    }

    @Test
    void saysThatTheDirectoryIsLocked() {
        assertThatThrownBy(this::open)
                .isInstanceOf(UserStoreException.Locked.class)
                .hasMessageContaining(directory().toString());
    }

    @Test
    void saysThatTheDirectoryIsLockedByAnotherProcess() throws Exception {
        Path directory = temporary.resolve("held");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('!');

            assertThatThrownBy(() -> open(directory)).isInstanceOf(UserStoreException.Locked.class);
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysThatATableIsMissing() throws IOException {
        Path directory = closedStore();
        Files.delete(fileIn(directory, ".*\\.sst"));

        assertThatThrownBy(() -> open(directory)).isInstanceOf(UserStoreException.Damaged.class);
    }

    @Test
    void saysThatATableIsTruncated() throws IOException {
        Path directory = closedStore();
        Path table = fileIn(directory, ".*\\.sst");
        Files.write(table, new byte[100]);

        assertThatThrownBy(() -> open(directory)).isInstanceOf(UserStoreException.Damaged.class);
    }

    @Test
    void saysThatTheManifestIsDamaged() throws IOException {
        Path directory = closedStore();
        Path manifest = fileIn(directory, "MANIFEST.*");
        byte[] content = Files.readAllBytes(manifest);
        content[content.length / 2] ^= 1;
        Files.write(manifest, content);

        assertThatThrownBy(() -> open(directory)).isInstanceOf(UserStoreException.Damaged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST.*", "CURRENT|MANIFEST.*|.*\\.log"})
    void makesNoNewStateWhereFilesAreMissing(String missing) throws IOException {
        Path directory = closedStore();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches(missing)) {
                    Files.delete(file);
                }
            }
        }

        assertThatThrownBy(() -> open(directory)).isInstanceOf(UserStoreException.Damaged.class);
    }

    @Test
    void startsAnewAfterACrashWithinTheFirstStart() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("begun"));
        Files.write(directory.resolve("MANIFEST-000001"), new byte[10]);

        try (UserStore store = open(directory)) {
            assertThat(store.appliedIndex()).isZero();
        }
    }

    @Test
    void findsAFlippedBitWhenItReads() throws IOException {
        Path directory = closedStore();
        flipEveryTable(directory);

        assertThatThrownBy(() -> {
                    try (UserStore store = open(directory)) {
                        store.userByName("alice");
                    }
                })
                .isInstanceOf(UserStoreException.Damaged.class);
    }

    @Test
    void reportsAReadThatFails() throws IOException {
        Path directory = temporary.resolve("worn");
        try (UserStore store = open(directory)) {
            for (int i = 1; i <= 3000; i++) {
                store.write(
                        new Batch(List.of(new Change.PutUser(SnapshotStoreContract.user(i))), UserStoreContract.at(i)));
            }
        }
        flipLargestTable(directory);

        UserStore store = open(directory);
        assertThat(backgroundError).isNotDone();
        assertThatThrownBy(store::verify).isInstanceOf(UserStoreException.Damaged.class);
        assertThat(backgroundError).isCompletedWithValueMatching(UserStoreException.Damaged.class::isInstance);
        // RocksDB compacts what was read; whether it gets to the same block before the close is chance.
        assertThat(catchThrowable(store::close))
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isNull(),
                        failure -> assertThat(failure).isInstanceOf(UserStoreException.Damaged.class));
    }

    private static void flipLargestTable(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path largest = files.filter(path -> path.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
            byte[] content = Files.readAllBytes(largest);
            content[3] ^= 1;
            Files.write(largest, content);
        }
    }

    private static void flipEveryTable(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] content = Files.readAllBytes(file);
                content[3] ^= 1;
                Files.write(file, content);
            }
        }
    }

    @Test
    void findsARecordThatIsNotTheOneThatWasWritten() throws Exception {
        Path directory = closedStore();
        User other = new User(ALICE.id(), "alice", ALICE.passwordHash(), 2);
        for (Map.Entry<Family, byte[]> change : Map.of(
                        Family.USERS, RecordCodec.encode(other), Family.NAMES, Uuids.toBytes(new UUID(1, 2)))
                .entrySet()) {
            byte[] key = change.getKey() == Family.USERS ? Uuids.toBytes(ALICE.id()) : RocksRecords.utf8("alice");
            byte[] before = overwrite(directory, change.getKey(), key, change.getValue());
            try (UserStore store = open(directory)) {
                assertThatThrownBy(store::verify)
                        .isInstanceOf(UserStoreException.Damaged.class)
                        .hasMessageContaining("is not what was written");
            }
            overwrite(directory, change.getKey(), key, before);
        }
        try (UserStore store = open(directory)) {
            assertThat(store.verify()).isEqualTo(store.appliedState());
        }
    }

    private static byte[] overwrite(Path directory, Family family, byte[] key, byte[] value) throws RocksDBException {
        try (RocksDatabase database = RocksDatabase.open(directory);
                WriteBatch batch = new WriteBatch()) {
            byte[] before = Objects.requireNonNull(database.get(family, key));
            batch.put(database.handle(family), key, value);
            database.write(batch);
            database.flush();
            return before;
        }
    }

    @Test
    void saysThatTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "in the way");

        assertThatThrownBy(() -> open(file.resolve("users"))).isInstanceOf(UserStoreException.DiskFailed.class);
    }

    @Test
    void reportsAFailedFlushToTheCallerAndAsABackgroundError() throws IOException {
        Path directory = temporary.resolve("vanishing");
        UserStore store = open(directory);
        store.write(new Batch(List.of(new Change.PutUser(ALICE)), UserStoreContract.at(1)));
        Files.move(directory, temporary.resolve("elsewhere"));

        assertThatThrownBy(store::flush).isInstanceOf(UserStoreException.DiskFailed.class);
        assertThat(backgroundError)
                .succeedsWithin(Duration.ofSeconds(30))
                .isInstanceOf(UserStoreException.DiskFailed.class);
        assertThatThrownBy(() -> store.write(new Batch(List.of(), UserStoreContract.at(2))))
                .isInstanceOf(UserStoreException.class);
        assertThatThrownBy(store::close).isInstanceOf(UserStoreException.class);
    }

    @Test
    void keepsUsersAndIndexTogetherWhenItsMemoryFillsUp() throws IOException {
        PasswordHash large = new PasswordHash("x".repeat(64 * 1024));
        try (UserStore store = open(temporary.resolve("full"))) {
            for (int index = 1; index <= 1000; index++) {
                User user = new User(new UUID(0, index), "user" + index, large, index);
                store.write(new Batch(List.of(new Change.PutUser(user)), UserStoreContract.at(index)));
                if (index % 100 == 0 && crashAt(index) > 0) {
                    return;
                }
            }
        }
        throw new AssertionError("nothing reached the disk without an explicit flush");
    }

    /** How many users are in the state after a crash now; its applied index must be the same. */
    private long crashAt(int index) throws IOException {
        Path copy = temporary.resolve("full-" + index);
        Files.createDirectory(copy);
        // First what lists the files, then the files: in between, files are only added.
        copyFiles(temporary.resolve("full"), copy, name -> name.matches("CURRENT|MANIFEST.*"));
        copyFiles(temporary.resolve("full"), copy, name -> name.endsWith(".sst"));
        try (UserStore survivor = open(copy)) {
            long users = LongStream.rangeClosed(1, index)
                    .filter(number -> survivor.userById(new UUID(0, number)) != null)
                    .count();
            assertThat(survivor.appliedIndex()).isEqualTo(users);
            return users;
        }
    }

    @Test
    void writesNoSecretIntoTheLogOfRocksDb() throws IOException {
        Path directory = closedStore();
        Path log = fileIn(directory, "LOG");

        assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                .isNotEmpty()
                .doesNotContain("s3cr3t")
                .doesNotContain("alice");
    }

    @Test
    void keepsNoWriteAheadLogOfRocksDb() throws IOException {
        Path directory = closedStore();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".log"))).allMatch(RocksUserStoreTest::isEmpty);
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatTheManifestIsNone() throws IOException {
        Path directory = closedStore();
        Files.writeString(fileIn(directory, "MANIFEST.*"), "not a manifest", StandardOpenOption.TRUNCATE_EXISTING);

        assertThatThrownBy(() -> open(directory)).isInstanceOf(UserStoreException.Damaged.class);
    }
}
