package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.node.DamagedSnapshotException;
import io.muster.node.SnapshotSink;
import io.muster.node.SnapshotSource;
import io.muster.node.SnapshotStore;
import io.muster.raft.LogStart;
import io.muster.users.store.SnapshotManifest.StateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots from a sender gone mad, and a directory of a snapshot that is being received as nobody left it. */
class HostileSnapshotTest {

    private static final int ROUNDS = 20_000;
    /** Each makes files and opens a RocksDB. */
    private static final int ROUNDS_ON_DISK = 30;

    private static final int LENGTH_AT = Long.BYTES + Integer.BYTES;
    private static final long SNAPSHOT = 77;

    private static final Decoder<SnapshotManifest> MANIFESTS = new Decoder<>(
            DamagedSnapshotException.class,
            HostileSnapshotTest::manifest,
            manifest -> manifest.encode().array());

    @TempDir
    Path temporary;

    private static SnapshotManifest manifest(byte[] input) throws DamagedSnapshotException {
        if (input.length < SnapshotManifest.PREFIX_BYTES
                || SnapshotManifest.length(ByteBuffer.wrap(input)) != input.length) {
            throw new DamagedSnapshotException("it is not whole");
        }
        return SnapshotManifest.decode(ByteBuffer.wrap(input));
    }

    private static List<byte[]> manifests() {
        AppliedState state = new AppliedState(UserStoreContract.at(50), StateHash.of(SnapshotStoreContract.user(1)));
        StateFile table = new StateFile("000012.sst", 4_096, 1);
        StateFile current = new StateFile(SnapshotManifest.CURRENT, 16, -1);
        return Stream.of(
                        new SnapshotManifest(state, List.of(table, current, new StateFile("MANIFEST-000005", 300, 9))),
                        new SnapshotManifest(AppliedState.EMPTY, List.of(current)))
                .map(manifest -> manifest.encode().array())
                .toList();
    }

    @Test
    void manifestsAreRefusedOrMeanWhatTheySay() {
        Rounds.run("SnapshotManifest", ROUNDS, random -> MANIFESTS.judge(new Mutations(random, manifests()).next()));
    }

    @Test
    void manifestsUnderRightLengthsAndChecksumsAreRefusedOrMeanWhatTheySay() {
        Rounds.run(
                "SnapshotManifest, right checksum",
                ROUNDS,
                random -> MANIFESTS.judge(completed(new Mutations(random, manifests()).next())));
    }

    private static byte[] completed(byte[] input) {
        if (input.length < SnapshotManifest.PREFIX_BYTES + Integer.BYTES) {
            return input;
        }
        int checked = input.length - Integer.BYTES;
        ByteBuffer content = ByteBuffer.wrap(input).putInt(LENGTH_AT, input.length);
        CRC32C crc = new CRC32C();
        crc.update(content.slice(0, checked));
        content.putInt(checked, (int) crc.getValue());
        return input;
    }

    @Test
    void aNameOfAnotherSnapshotIsNotGoneOnWith() {
        IncomingSnapshot incoming = new IncomingSnapshot(temporary.resolve("incoming"));
        incoming.begin(SNAPSHOT, 1_000);
        byte[] right = read(incoming.directory().resolve("id"));
        Rounds.run("IncomingSnapshot, id", 500, random -> {
            byte[] changed = new Mutations(random, List.of(right)).next();
            Files.write(incoming.directory().resolve("id"), changed);
            boolean same = ByteBuffer.wrap(changed).equals(ByteBuffer.wrap(right));
            assertThat(incoming.isOf(SNAPSHOT, 1_000)).isEqualTo(same);
            return same;
        });
    }

    private static byte[] read(Path file) {
        return Directories.run("read", file, () -> Files.readAllBytes(file));
    }

    @Test
    void whateverStandsInTheDirectoryASnapshotIsReceivedWholeOrNotAtAll() throws Exception {
        try (RocksUserStore from = open("from");
                RocksUserStore to = open("to");
                SnapshotSource source = snapshotOf(from)) {
            byte[] content = SnapshotStoreContract.content(source);
            Rounds.run("incoming snapshot", ROUNDS_ON_DISK, random -> {
                receive(to.snapshots(), source, content, random.nextInt(content.length + 1));
                change(temporary.resolve("to/snapshots/incoming"), random);
                return isReceived(to.snapshots(), source, content);
            });
            assertThat(to.applied()).isEqualTo(LogStart.ZERO);
        }
    }

    @Test
    void whateverIsSentIsRefusedOrTheStateThatItSaysItIs() throws Exception {
        try (RocksUserStore from = open("from");
                RocksUserStore to = open("to");
                SnapshotSource source = snapshotOf(from)) {
            byte[] content = SnapshotStoreContract.content(source);
            Rounds.run("snapshot", ROUNDS_ON_DISK, random -> {
                byte[] changed = new Mutations(random, List.of(content)).changeInPlace(content.clone());
                try (SnapshotSink sink = to.snapshots().receive(random.nextLong(), changed.length)) {
                    sink.write(ByteBuffer.wrap(changed));
                    assertThat(sink.complete()).isEqualTo(source.last());
                    return true;
                } catch (DamagedSnapshotException refused) {
                    return false;
                }
            });
        }
    }

    private RocksUserStore open(String name) {
        Path data = temporary.resolve(name);
        Directories.create(data);
        return RocksUserStore.open(data.resolve("users"), data.resolve("snapshots"), LogStart.ZERO, error -> {
            throw error;
        });
    }

    private static SnapshotSource snapshotOf(RocksUserStore store) {
        SnapshotStoreContract.write(new SnapshotStoreContract.Replica(store, store.snapshots()), 1, 20);
        return store.snapshots().take();
    }

    /** Receives anew, up to there. */
    private static void receive(SnapshotStore to, SnapshotSource source, byte[] content, int bytes) {
        to.receive(source.id() + 1, source.bytes()).close();
        try (SnapshotSink sink = to.receive(source.id(), source.bytes())) {
            sink.write(ByteBuffer.wrap(content, 0, bytes));
        }
    }

    private static void change(Path directory, RandomGenerator random) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        switch (random.nextInt(4)) {
            case 0 -> Files.delete(file);
            case 1 -> Directories.delete(directory.resolve("state"));
            default -> Files.write(file, new Mutations(random, List.of(read(file))).change(read(file)));
        }
    }

    /** The second time at the latest, since what is found to be damaged is deleted. */
    private static boolean isReceived(SnapshotStore to, SnapshotSource source, byte[] content) throws Exception {
        try {
            complete(to, source, content);
            return true;
        } catch (DamagedSnapshotException damaged) {
            complete(to, source, content);
            return false;
        }
    }

    private static void complete(SnapshotStore to, SnapshotSource source, byte[] content)
            throws DamagedSnapshotException {
        try (SnapshotSink sink = to.receive(source.id(), source.bytes())) {
            int received = Math.toIntExact(sink.received());
            assertThat(received).isBetween(0, content.length);
            sink.write(ByteBuffer.wrap(content, received, content.length - received));
            assertThat(sink.complete()).isEqualTo(source.last());
        }
    }
}
