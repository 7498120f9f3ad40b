package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.node.DamagedSnapshotException;
import io.muster.node.SnapshotSink;
import io.muster.node.SnapshotSource;
import io.muster.raft.LogStart;
import io.muster.users.store.SnapshotManifest.StateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocksSnapshotStoreTest extends SnapshotStoreContract {

    private static final LogStart LAST = at(50);

    @TempDir
    Path temporary;

    @Override
    Replica open(String name, LogStart logStart) {
        return open(temporary.resolve(name), logStart);
    }

    private static Replica open(Path data, LogStart logStart) {
        RocksUserStore store =
                RocksUserStore.open(data.resolve("users"), data.resolve("snapshots"), logStart, error -> {
                    throw error;
                });
        return new Replica(store, store.snapshots());
    }

    private SnapshotPaths paths(String name) {
        Path data = temporary.resolve(name);
        return new SnapshotPaths(data.resolve("users"), data.resolve("snapshots"));
    }

    /** A replica of its own at entry 5, closed, that has received a snapshot up to {@link #LAST} completely. */
    private SnapshotPaths received(String name) throws DamagedSnapshotException {
        Replica from = open(name + "-from", LogStart.ZERO);
        Replica to = open(name, LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store()) {
            write(from, 1, 50);
            write(to, 1, 5);
            assertThat(fromStore.appliedIndex()).isGreaterThan(toStore.appliedIndex());
            try (SnapshotSource source = from.snapshots().take();
                    SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                sink.write(ByteBuffer.wrap(content(source)));
                assertThat(sink.complete()).isEqualTo(LAST);
            }
        }
        return paths(name);
    }

    private void assertStartsAt(String name, LogStart logStart, LogStart applied) {
        try (UserStore store = open(name, logStart).store()) {
            assertThat(store.applied()).isEqualTo(applied);
            assertThat(store.verify()).isEqualTo(store.appliedState());
            assertThat(Directories.list(paths(name).snapshots())).isEmpty();
        }
    }

    @Test
    void startsAfterACrashBeforeTheFirstRename() throws Exception {
        received("crashed");

        assertStartsAt("crashed", LAST, LAST);
    }

    @Test
    void startsAfterACrashBetweenTheRenames() throws Exception {
        SnapshotPaths paths = received("crashed");
        Files.move(paths.state(), paths.old());

        assertStartsAt("crashed", LAST, LAST);
    }

    @Test
    void startsAfterACrashBehindTheSecondRename() throws Exception {
        SnapshotPaths paths = received("crashed");
        Files.move(paths.state(), paths.old());
        Files.move(paths.complete(), paths.state());

        assertStartsAt("crashed", LAST, LAST);
    }

    @Test
    void startsAfterACrashWhileTheOldStateIsDeleted() throws Exception {
        SnapshotPaths paths = received("crashed");
        Files.move(paths.state(), paths.old());
        Files.move(paths.complete(), paths.state());
        Files.delete(paths.old().resolve(SnapshotManifest.CURRENT));

        assertStartsAt("crashed", LAST, LAST);
    }

    @Test
    void startsAfterACrashBeforeTheResetOfTheLog() throws Exception {
        received("crashed");

        assertStartsAt("crashed", at(3), at(5));
    }

    @Test
    void refusesAStateThatIsMissingBesideTheOneItReplaced() throws Exception {
        SnapshotPaths paths = received("crashed");
        Files.move(paths.state(), paths.old());
        Directories.delete(paths.complete());

        assertThatThrownBy(() -> open("crashed", LAST)).isInstanceOf(UserStoreException.Damaged.class);
        assertThat(paths.old()).as("nothing is deleted").isNotEmptyDirectory();
    }

    @Test
    void leavesNothingBehindAnInstall() throws Exception {
        SnapshotPaths paths = received("installed");
        try (UserStore store = open("installed", LAST).store()) {
            assertThat(store.applied()).isEqualTo(LAST);
            assertThat(Directories.list(paths.snapshots())).isEmpty();
        }
    }

    /** Complete or damaged, what was received is moved or deleted before the rest of its directory is. */
    @Test
    void beginsAnewWhereACrashLeftNoFilesOfWhatWasReceived() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        Replica to = open("to", LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store();
                SnapshotSource source = takeOf(from)) {
            byte[] content = content(source);
            try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                sink.write(ByteBuffer.wrap(content));
            }
            Directories.delete(new IncomingSnapshot(paths("to").incoming()).state());

            try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                assertThat(sink.received()).isZero();
                sink.write(ByteBuffer.wrap(content));
                assertThat(sink.complete()).isEqualTo(fromStore.applied());
            }
            to.snapshots().install(fromStore.applied());
            assertThat(toStore.verify()).isEqualTo(fromStore.verify());
        }
    }

    /** Else the next start would go on with it, and end as this one. */
    @Test
    void deletesWhatItCannotRead() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        Replica to = open("to", LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store();
                SnapshotSource source = takeOf(from);
                SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
            sink.write(ByteBuffer.wrap(content(source)));
            Path current = paths("to").incoming().resolve("state").resolve(SnapshotManifest.CURRENT);
            Files.delete(current);
            Files.createDirectory(current);

            assertThatThrownBy(sink::complete).isInstanceOf(UserStoreException.DiskFailed.class);

            assertThat(Directories.list(paths("to").snapshots())).isEmpty();
            assertThat(toStore.appliedIndex()).isLessThan(fromStore.appliedIndex());
        }
    }

    @Test
    void keepsWhatItHasNoTimeToCheck() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        Replica to = open("to", LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store();
                SnapshotSource source = takeOf(from)) {
            try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                sink.write(ByteBuffer.wrap(content(source)));
                sink.cancel();
                assertThatThrownBy(sink::complete).isInstanceOf(CancellationException.class);
            }

            try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                assertThat(sink.received()).isEqualTo(source.bytes());
                assertThat(sink.complete()).isEqualTo(fromStore.applied());
            }
            to.snapshots().install(fromStore.applied());
            assertThat(toStore.verify()).isEqualTo(fromStore.verify());
            assertThat(Directories.list(paths("to").snapshots())).hasSize(0);
        }
    }

    @Test
    void deletesWhatWasBeingSentWhenItStopped() {
        Replica replica = open("stopped", LogStart.ZERO);
        try (UserStore store = replica.store()) {
            write(replica, 1, 3);
            assertThat(store.appliedIndex()).isEqualTo(3);
            SnapshotSource left = replica.snapshots().take();
            assertThat(left.bytes()).isPositive();
            assertThat(Directories.list(paths("stopped").snapshots())).hasSize(1);
        }

        assertStartsAt("stopped", LogStart.ZERO, at(3));
    }

    @Test
    void deletesASnapshotThatWasSent() {
        Replica replica = open("sent", LogStart.ZERO);
        try (UserStore store = replica.store()) {
            write(replica, 1, 3);
            replica.snapshots().take().close();
            assertThat(store.appliedIndex()).isEqualTo(3);
            assertThat(Directories.list(paths("sent").snapshots())).isEmpty();
        }
    }

    @Test
    void keepsEverythingForTheOwnerOnly() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        Replica to = open("to", LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store()) {
            write(from, 1, 10);
            assertThat(toStore.appliedIndex()).isZero();
            assertThat(fromStore.appliedIndex()).isEqualTo(10);
            try (SnapshotSource source = from.snapshots().take();
                    SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                sink.write(ByteBuffer.wrap(content(source)));
                assertThat(modes(paths("to").snapshots())).containsOnly("rwx------", "rw-------");
                assertThat(modes(paths("from").snapshots(), 1)).containsOnly("rwx------");
            }
        }
    }

    private static List<String> modes(Path directory) throws IOException {
        return modes(directory, Integer.MAX_VALUE);
    }

    private static List<String> modes(Path directory, int depth) throws IOException {
        List<String> modes = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory, depth)) {
            for (Path path : paths.toList()) {
                modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        return modes;
    }

    /** After a power loss a file may be shorter than it was, and later ones whole. */
    @Test
    void goesOnWhereTheFirstFileIsNotWhole() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        Replica to = open("to", LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store();
                SnapshotSource source = takeOf(from)) {
            byte[] content = content(source);
            try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                sink.write(ByteBuffer.wrap(content));
            }
            Path current = paths("to").incoming().resolve("state").resolve(SnapshotManifest.CURRENT);
            Files.write(current, new byte[] {'M'});

            try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                int received = (int) sink.received();
                assertThat(received).isLessThan(content.length);
                sink.write(ByteBuffer.wrap(content, received, content.length - received));
                assertThat(sink.complete()).isEqualTo(fromStore.applied());
            }
            to.snapshots().install(fromStore.applied());
            assertThat(toStore.verify()).isEqualTo(fromStore.verify());
        }
    }

    private static SnapshotSource takeOf(Replica replica) {
        write(replica, 1, 10);
        return replica.snapshots().take();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../users/CURRENT",
                "/etc/passwd",
                "..",
                "CURRENT\0",
                "MANIFEST-1",
                "MANIFEST-000001/x",
                "000001.log",
                "OPTIONS-000001",
                "LOCK",
                "000000000000000000000000000001.sst",
                "٠٠٠٠٠١.sst"
            })
    void refusesAFileThatRocksDbDoesNotMake(String name) {
        byte[] manifest = new SnapshotManifest(AppliedState.EMPTY, List.of(new StateFile(name, 1, 0)))
                .encode()
                .array();

        assertRefused(manifest, "x");
        assertThat(SnapshotManifest.isStateFile(name)).isFalse();
    }

    @Test
    void refusesAFlipOfEveryByteOfAManifest() throws Exception {
        SnapshotManifest manifest = new SnapshotManifest(
                new AppliedState(LAST, StateHash.of(user(1))), List.of(new StateFile("CURRENT", 10, 7)));
        byte[] content = manifest.encode().array();
        assertThat(decode(content)).isEqualTo(manifest);
        for (int offset = 0; offset < content.length; offset++) {
            byte[] changed = content.clone();
            changed[offset] ^= 0x04;
            assertThatThrownBy(() -> decode(changed)).isInstanceOf(DamagedSnapshotException.class);
        }
    }

    private static SnapshotManifest decode(byte[] content) throws DamagedSnapshotException {
        int length = SnapshotManifest.length(ByteBuffer.wrap(content, 0, SnapshotManifest.PREFIX_BYTES));
        if (length > content.length) {
            throw new DamagedSnapshotException("it is not whole");
        }
        return SnapshotManifest.decode(ByteBuffer.wrap(content, 0, length).slice());
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        for (List<StateFile> files : List.of(
                List.of(new StateFile("CURRENT", -1, 0)),
                List.of(new StateFile("CURRENT", 0, 0)),
                List.of(new StateFile("CURRENT", Long.MAX_VALUE, 0)),
                List.of(new StateFile("000001.sst", Long.MAX_VALUE, 0), new StateFile("000002.sst", Long.MAX_VALUE, 0)),
                List.of(
                        new StateFile("000001.sst", Long.MAX_VALUE, 0),
                        new StateFile("000002.sst", Long.MAX_VALUE, 0),
                        new StateFile("000003.sst", 12, 0)),
                List.of(new StateFile("CURRENT", 0, 0), new StateFile("MANIFEST-000001", 10, 0)),
                List.of(new StateFile("CURRENT", 5, 0), new StateFile("CURRENT", 5, 0)),
                List.of(new StateFile("MANIFEST-000001", 5, 0), new StateFile("CURRENT", 5, 0)))) {
            assertRefused(
                    new SnapshotManifest(AppliedState.EMPTY, files).encode().array(), "0123456789");
        }
    }

    @Test
    void refusesAStateThatNoLogReachesAndAFileThatIsNotReadAsAWhole() {
        StateFile current = new StateFile(SnapshotManifest.CURRENT, 10, 0);
        for (LogStart last : List.of(
                new LogStart(1L << 53, 3, 0),
                new LogStart(3, 1L << 53, 0),
                new LogStart(3, 3, 1L << 43),
                new LogStart(3, 3, -1))) {
            SnapshotManifest manifest = new SnapshotManifest(new AppliedState(last, StateHash.EMPTY), List.of(current));
            assertThatThrownBy(() -> decode(manifest.encode().array())).isInstanceOf(DamagedSnapshotException.class);
        }
        SnapshotManifest large =
                new SnapshotManifest(AppliedState.EMPTY, List.of(new StateFile(SnapshotManifest.CURRENT, 34, 0)));
        assertThatThrownBy(() -> decode(large.encode().array())).isInstanceOf(DamagedSnapshotException.class);
    }

    /** With the right checksum: what a sender gone mad could make. */
    private void assertRefused(byte[] manifest, String rest) {
        Replica to = open("refusing", LogStart.ZERO);
        ByteBuffer content = ByteBuffer.allocate(manifest.length + rest.length());
        content.put(manifest).put(rest.getBytes(StandardCharsets.UTF_8)).flip();
        try (UserStore store = to.store();
                SnapshotSink sink = to.snapshots().receive(1, content.limit())) {
            sink.write(content);
            assertThat(Directories.list(paths("refusing").incoming().resolve("state")))
                    .as("nothing is written for it")
                    .isEmpty();
            assertThatThrownBy(sink::complete).isInstanceOf(DamagedSnapshotException.class);
            assertThat(store.applied()).isEqualTo(LogStart.ZERO);
        }
    }

    @Test
    void refusesAStateThatIsNotTheOneItsManifestSays() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        try (UserStore store = from.store();
                SnapshotSource source = takeOf(from)) {
            assertThat(store.appliedIndex()).isEqualTo(10);
            byte[] content = content(source);
            SnapshotManifest manifest = decode(content);
            AppliedState state = manifest.state();
            for (AppliedState other : List.of(
                    new AppliedState(at(11), state.hash()),
                    new AppliedState(state.last(), state.hash().plus(StateHash.of(user(1)))))) {
                ByteBuffer changed = ByteBuffer.wrap(content.clone());
                changed.put(new SnapshotManifest(other, manifest.files()).encode());
                assertRefusedWhole(changed.clear());
            }
        }
    }

    @Test
    void findsDamageInEachFileByItsChecksum() throws Exception {
        Replica from = open("from", LogStart.ZERO);
        Replica to = open("to", LogStart.ZERO);
        try (UserStore fromStore = from.store();
                UserStore toStore = to.store();
                SnapshotSource source = takeOf(from)) {
            assertThat(fromStore.appliedIndex()).isGreaterThan(toStore.appliedIndex());
            byte[] content = content(source);
            int end = SnapshotManifest.length(ByteBuffer.wrap(content, 0, SnapshotManifest.PREFIX_BYTES));
            for (StateFile file : decode(content).files()) {
                end += (int) file.bytes();
                byte[] damaged = content.clone();
                damaged[end - 1] ^= 0x20;
                try (SnapshotSink sink = to.snapshots().receive(source.id(), source.bytes())) {
                    sink.write(ByteBuffer.wrap(damaged));
                    assertThatThrownBy(sink::complete)
                            .isInstanceOf(DamagedSnapshotException.class)
                            .hasMessageContaining("the checksum of " + file.name() + " is wrong");
                }
            }
        }
    }

    private void assertRefusedWhole(ByteBuffer content) {
        Replica to = open("to", LogStart.ZERO);
        try (UserStore store = to.store();
                SnapshotSink sink = to.snapshots().receive(1, content.limit())) {
            sink.write(content);
            assertThatThrownBy(sink::complete)
                    .isInstanceOf(DamagedSnapshotException.class)
                    .hasMessageContaining("its manifest says");
            assertThat(store.applied()).isEqualTo(LogStart.ZERO);
            assertThat(Directories.list(paths("to").snapshots())).isEmpty();
        }
    }
}
