package io.muster.users.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.node.SnapshotStore;
import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The state in RocksDB, without its write-ahead log: the Raft log is one already. The applied state is a record of the same
 * batch, and all column families are flushed as one, so that after a crash the state is that of one earlier index.
 *
 * <p>Thread-safe. What fails, in a call or in the background, goes to the consumer given at {@link #open}; the store is not to be
 * used after it.
 */
public final class RocksUserStore implements UserStore {

    private final SnapshotPaths paths;
    private final BackgroundErrors backgroundErrors;
    /** Native memory is freed at close: no read may be under way then, or the JVM would crash. */
    private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private RocksRecords records;
    private boolean closed;
    /** Hears nothing until the store is open: before, a failure is the opener's alone. */
    private volatile Consumer<UserStoreException> onFailure = failure -> {};

    private volatile AppliedState appliedState;

    private RocksUserStore(SnapshotPaths paths, LogStart logStart, Consumer<UserStoreException> onFailure) {
        this.paths = paths;
        paths.settle();
        this.records = RocksRecords.open(paths.state());
        this.appliedState = use(() -> records.applied());
        if (Directories.exists(paths.complete())) {
            settleComplete(logStart);
        }
        this.backgroundErrors =
                BackgroundErrors.watch(() -> use(() -> records.database().backgroundErrors()), onFailure);
        this.onFailure = onFailure;
    }

    /**
     * Opens or creates the state in {@code directory}, which becomes readable for its owner only. Where a crash came between
     * the reset of the log and the installation of a snapshot, installs it.
     *
     * @param snapshots the directory for snapshots, on the same file system
     * @param logStart the entry behind which the log starts
     * @param onFailure told of a read or write that failed, and, within seconds, of a flush or compaction that did; the
     *     process should end then
     */
    public static RocksUserStore open(
            Path directory, Path snapshots, LogStart logStart, Consumer<UserStoreException> onFailure) {
        return new RocksUserStore(new SnapshotPaths(directory, snapshots), logStart, onFailure);
    }

    /** Only where the log starts behind a snapshot is there no other state to go on with. */
    private void settleComplete(LogStart logStart) {
        if (appliedState.last().index() < logStart.index() && lastOfComplete().equals(logStart)) {
            swap(logStart);
        } else {
            Directories.delete(paths.complete());
        }
    }

    private LogStart lastOfComplete() {
        try (RocksRecords complete = RocksRecords.openReadOnly(paths.complete())) {
            return complete.applied().last();
        } catch (RocksDBException e) {
            throw RocksErrors.inUse(paths.complete(), e);
        } catch (InvalidProtocolBufferException e) {
            throw RocksErrors.undecodable(paths.complete(), e);
        }
    }

    private void swap(LogStart last) {
        closed = true;
        records.close();
        paths.swap();
        records = RocksRecords.open(paths.state());
        closed = false;
        appliedState = use(() -> records.applied());
        if (!appliedState.last().equals(last)) {
            throw new UserStoreException.Damaged(
                    "the snapshot that was installed covers " + appliedState.last() + ", not " + last, null);
        }
        Directories.delete(paths.old());
    }

    /** The port to this state's snapshots. */
    public SnapshotStore snapshots() {
        return new RocksSnapshotStore(this, paths);
    }

    /** Puts the complete snapshot in the place of the state. */
    void replace(LogStart last) {
        lifecycle.writeLock().lock();
        try {
            requireOpen();
            if (last.index() <= appliedState.last().index()) {
                throw new IllegalArgumentException("the state is at " + appliedState.last() + " already");
            }
            if (!Directories.exists(paths.complete()) || !lastOfComplete().equals(last)) {
                throw new IllegalArgumentException("no snapshot up to " + last + " was received completely");
            }
            swap(last);
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    /** Makes a copy of the state in a directory that is not there yet, and answers what is in it. */
    AppliedState checkpoint(Path directory) {
        use(() -> {
            records.database().flush();
            records.database().checkpoint(directory);
            return directory;
        });
        Directories.create(directory);
        try (RocksRecords copy = RocksRecords.openReadOnly(directory)) {
            return copy.applied();
        } catch (RocksDBException e) {
            throw RocksErrors.inUse(directory, e);
        } catch (InvalidProtocolBufferException e) {
            throw RocksErrors.undecodable(directory, e);
        }
    }

    @Override
    public AppliedState appliedState() {
        return appliedState;
    }

    @Override
    public AppliedState verify() {
        return use(() -> {
            try {
                return StateScan.verify(records.database(), () -> {});
            } catch (BrokenStateException e) {
                throw RocksErrors.broken(paths.state(), e);
            }
        });
    }

    @Override
    public @Nullable User userByName(String username) {
        return use(() -> records.userByName(username));
    }

    @Override
    public @Nullable User userById(UUID id) {
        return use(() -> records.user(id));
    }

    @Override
    public @Nullable Request request(Bytes key) {
        return use(() -> records.request(key));
    }

    @Override
    public List<RequestStamp> oldestRequests(long fromMillis, long beforeMillis, int limit) {
        return beforeMillis <= fromMillis
                ? List.of()
                : use(() -> records.oldestRequests(fromMillis, beforeMillis, limit));
    }

    @Override
    public List<User> usersByName(String prefix, @Nullable String after, int limit) {
        return use(() -> records.usersByName(prefix, after, limit));
    }

    @Override
    public List<UUID> administrators(int limit) {
        return use(() -> records.administrators(limit));
    }

    @Override
    public List<SigningKey> signingKeys() {
        return use(() -> records.signingKeys());
    }

    @Override
    public void write(Batch batch) {
        AppliedState before = appliedState;
        if (batch.applied().index() <= before.last().index()) {
            throw new IllegalArgumentException(
                    "the state is at " + before.last() + " already, not below " + batch.applied());
        }
        appliedState = use(() -> records.write(batch, before));
    }

    @Override
    public void flush() {
        use(() -> {
            records.database().flush();
            return this;
        });
    }

    @Override
    public void close() {
        lifecycle.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeDatabase();
            }
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    private void closeDatabase() {
        try (RocksRecords closing = records;
                backgroundErrors) {
            closing.database().flush();
        } catch (RocksDBException e) {
            throw RocksErrors.inUse(paths.state(), e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the user state in " + paths.state() + " is closed");
        }
    }

    private <T extends @Nullable Object> T use(Access<T> access) {
        lifecycle.readLock().lock();
        try {
            requireOpen();
            return access.run();
        } catch (RocksDBException e) {
            throw reported(RocksErrors.inUse(paths.state(), e));
        } catch (InvalidProtocolBufferException e) {
            throw reported(RocksErrors.undecodable(paths.state(), e));
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    /** Whoever asked may be a request, which ends with an error of its own: the process must end too. */
    private UserStoreException reported(UserStoreException failure) {
        onFailure.accept(failure);
        return failure;
    }

    @FunctionalInterface
    private interface Access<T extends @Nullable Object> {
        T run() throws RocksDBException, InvalidProtocolBufferException;
    }
}
