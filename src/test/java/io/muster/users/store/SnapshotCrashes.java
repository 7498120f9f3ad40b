package io.muster.users.store;

import static io.muster.users.store.SnapshotStoreContract.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.node.DamagedSnapshotException;
import io.muster.node.SnapshotSink;
import io.muster.node.SnapshotSource;
import io.muster.raft.LogStart;
import io.muster.users.store.SnapshotStoreContract.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Receives and installs a snapshot, ends that life at each crash point in turn, and starts again on what may be left. Answers
 * how many points there were. Made from the classes that {@link SnapshotCrashTest} puts the points into.
 */
public final class SnapshotCrashes implements ToIntFunction<Path> {

    private static final int USERS = 40;
    private static final LogStart LAST = at(USERS);
    private static final LogStart OWN = at(5);
    private static final int CHUNK_BYTES = 4_001;
    private static final int POWER_LOSSES = 2;

    /** A crash point behind a start that has gone on: the log is cut then, but not as far as the state is flushed. */
    private static final String CUT = "behind a cut of the log";

    private static final LogStart CUT_TO = at(USERS + 1);
    private static final LogStart FLUSHED = at(USERS + 2);

    private Path temporary = Path.of("");
    private byte[] snapshot = {};
    private AppliedState expected = AppliedState.EMPTY;
    private int copies;

    /** Where the log of the replica starts. */
    private LogStart logStart = LogStart.ZERO;

    @Override
    public int applyAsInt(Path directory) {
        temporary = directory;
        takeSnapshot();
        Path template = fresh();
        try (RocksUserStore store = open(template, LogStart.ZERO)) {
            SnapshotStoreContract.write(new Replica(store, store.snapshots()), 1, 5);
            store.flush();
        }
        int points = 0;
        while (crashes(template, points)) {
            points++;
        }
        return points;
    }

    private void takeSnapshot() {
        try (RocksUserStore store = open(fresh(), LogStart.ZERO)) {
            SnapshotStoreContract.write(new Replica(store, store.snapshots()), 1, USERS);
            try (SnapshotSource source = store.snapshots().take()) {
                snapshot = SnapshotStoreContract.content(source);
            }
            expected = store.appliedState();
        }
    }

    /** One life that ends at a crash point, and all that may come of it; false where the life has not so many. */
    private boolean crashes(Path template, int point) {
        Path data = copy(template);
        Path left = fresh();
        logStart = LogStart.ZERO;
        List<RocksUserStore> opened = new ArrayList<>();
        CrashPoints.arm(point, new UnsyncedChanges(), () -> copyTree(data, left));
        try {
            live(data, opened);
        } catch (CrashPoints.Crash crash) {
            assertThat(crash).hasMessage(CrashPoints.crashedAt());
        }
        CrashPoints.disarm();
        opened.forEach(RocksUserStore::close);
        String where = CrashPoints.crashedAt();
        if (where == null) {
            return false;
        }
        String when = "crash point " + point + ", " + where;
        UnsyncedChanges unsynced = CrashPoints.unsynced().inCopy(data, left);
        for (int seed = 0; seed < POWER_LOSSES && !unsynced.isEmpty(); seed++) {
            assertStartsWithoutPower(left, unsynced, POWER_LOSSES * point + seed, "power loss " + seed + " at " + when);
        }
        crashInRecovery(left, unsynced, when);
        assertStarts(left, "kill at " + when);
        try (RocksUserStore store = open(left, LAST)) {
            assertThat(store.verify()).as(when).isEqualTo(expected);
            assertThat(Directories.list(left.resolve("snapshots")))
                    .as("all that may be left is what could be gone on with, %s", when)
                    .isSubsetOf("incoming");
        }
        Directories.delete(left);
        return true;
    }

    private void assertStartsWithoutPower(Path left, UnsyncedChanges unsynced, int seed, String when) {
        Path powerless = copy(left);
        unsynced.inCopy(left, powerless).takeBack(new SplittableRandom(seed));
        assertStarts(powerless, when);
        Directories.delete(powerless);
    }

    private void live(Path data, List<RocksUserStore> opened) {
        RocksUserStore store = open(data, logStart);
        opened.add(store);
        receive(store);
        logStart = LAST;
        store.snapshots().install(LAST);
        CrashPoints.pass("at the end");
    }

    private void receive(RocksUserStore store) {
        try (SnapshotSink sink = store.snapshots().receive(1, snapshot.length)) {
            for (int at = (int) sink.received(); at < snapshot.length; at = (int) sink.received()) {
                sink.write(ByteBuffer.wrap(snapshot, at, Math.min(CHUNK_BYTES, snapshot.length - at)));
            }
            assertThat(sink.complete()).isEqualTo(LAST);
        } catch (DamagedSnapshotException e) {
            throw new AssertionError(e);
        }
    }

    /** Where a snapshot is to take its place, a start has something to do that may be cut short as well. */
    private void crashInRecovery(Path left, UnsyncedChanges unsynced, String when) {
        boolean crashed = logStart.equals(LAST);
        for (int point = 0; crashed; point++) {
            Path data = copy(left);
            Path again = fresh();
            CrashPoints.arm(point, unsynced.inCopy(left, data), () -> copyTree(data, again));
            try (RocksUserStore store = open(data, logStart)) {
                assertThat(store.applied()).isEqualTo(LAST);
                SnapshotStoreContract.write(new Replica(store, store.snapshots()), USERS + 1, USERS + 2);
                store.flush();
                CrashPoints.pass(CUT);
            } catch (CrashPoints.Crash crash) {
                assertThat(crash).hasMessage(CrashPoints.crashedAt());
            }
            CrashPoints.disarm();
            String where = CrashPoints.crashedAt();
            crashed = where != null;
            if (crashed) {
                String then = "power loss in the start at " + where + " after " + when;
                UnsyncedChanges both = CrashPoints.unsynced().inCopy(data, again);
                if (CUT.equals(where)) {
                    both.takeBackMove();
                    assertIsFlushed(again, then);
                } else {
                    assertStartsWithoutPower(again, both, point, then);
                }
            }
        }
    }

    private void assertIsFlushed(Path data, String when) {
        try (RocksUserStore store = open(data, CUT_TO)) {
            assertThat(store.applied()).as(when).isEqualTo(FLUSHED);
            assertThat(store.verify()).as(when).isEqualTo(store.appliedState());
        }
    }

    private void assertStarts(Path data, String when) {
        try (RocksUserStore store = open(data, logStart)) {
            boolean installed = logStart.equals(LAST);
            assertThat(store.applied()).as(when).isEqualTo(installed ? LAST : OWN);
            assertThat(store.verify()).as(when).isEqualTo(store.appliedState());
            if (!installed) {
                receive(store);
                store.snapshots().install(LAST);
            }
            assertThat(store.verify()).as(when).isEqualTo(expected);
        } catch (UserStoreException e) {
            throw new AssertionError(when, e);
        }
    }

    private static RocksUserStore open(Path data, LogStart logStart) {
        return RocksUserStore.open(data.resolve("users"), data.resolve("snapshots"), logStart, failure -> {
            throw failure;
        });
    }

    private Path fresh() {
        return temporary.resolve("data" + ++copies);
    }

    private Path copy(Path from) {
        Path to = fresh();
        copyTree(from, to);
        return to;
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
