package io.muster.users.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * The state in RocksDB, without its write-ahead log: the Raft log is one already. The applied index is a record of the
 * same batch, and all column families are flushed as one, so that after a crash the state is that of one earlier index.
 *
 * <p>Thread-safe. A background error (a flush or a compaction that failed) goes to the consumer given at {@link #open},
 * on a thread of the store's own; the store is not to be used after it.
 */
public final class RocksUserStore implements UserStore {

    private static final byte[] APPLIED_INDEX = {'a'};
    private static final byte[] NOTHING = {};

    private final Path directory;
    private final RocksDatabase database;
    private final BackgroundErrors backgroundErrors;
    /** Native memory is freed at close: no read may be under way then, or the JVM would crash. */
    private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private boolean closed;
    private volatile long appliedIndex;

    private RocksUserStore(Path directory, Consumer<UserStoreException> onBackgroundError) {
        this.directory = directory;
        this.database = RocksDatabase.open(directory);
        this.appliedIndex = readAppliedIndex();
        this.backgroundErrors = BackgroundErrors.watch(() -> use(database::backgroundErrors), onBackgroundError);
    }

    /**
     * Opens or creates the state in {@code directory}, which becomes readable for its owner only.
     *
     * @param onBackgroundError told once, within seconds; the process should end then
     */
    public static RocksUserStore open(Path directory, Consumer<UserStoreException> onBackgroundError) {
        return new RocksUserStore(directory, onBackgroundError);
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    private long readAppliedIndex() {
        return use(() -> {
            byte[] value = database.get(Family.META, APPLIED_INDEX);
            return value == null ? 0 : ByteBuffer.wrap(value).getLong();
        });
    }

    @Override
    public @Nullable User userByName(String username) {
        return use(() -> {
            byte[] id =
                    database.get(Family.NAMES, ByteString.copyFromUtf8(username).toByteArray());
            return id == null ? null : user(id);
        });
    }

    @Override
    public @Nullable User userById(UUID id) {
        return use(() -> user(Uuids.toBytes(id)));
    }

    private @Nullable User user(byte[] id) throws RocksDBException, InvalidProtocolBufferException {
        byte[] record = database.get(Family.USERS, id);
        return record == null ? null : RecordCodec.decodeUser(record);
    }

    @Override
    public @Nullable Request request(Bytes key) {
        return use(() -> {
            byte[] record = database.get(Family.REQUESTS, key.toByteArray());
            return record == null ? null : RecordCodec.decodeRequest(key, record);
        });
    }

    @Override
    public List<RequestStamp> oldestRequests(long fromMillis, long beforeMillis, int limit) {
        if (beforeMillis <= fromMillis) {
            return List.of();
        }
        return use(() -> {
            List<RequestStamp> found = new ArrayList<>();
            try (Slice end = new Slice(longBytes(beforeMillis));
                    ReadOptions options = new ReadOptions().setIterateUpperBound(end);
                    RocksIterator records = database.iterate(Family.STAMPS, options)) {
                records.seek(longBytes(fromMillis));
                while (records.isValid() && found.size() < limit) {
                    found.add(stamp(records.key()));
                    records.next();
                }
                records.status();
            }
            return found;
        });
    }

    @Override
    public void write(Batch batch) {
        if (batch.appliedIndex() <= appliedIndex) {
            throw new IllegalArgumentException(
                    "the state is at index " + appliedIndex + " already, not below " + batch.appliedIndex());
        }
        use(() -> {
            try (WriteBatch records = new WriteBatch()) {
                for (Change change : batch.changes()) {
                    add(change, records);
                }
                records.put(database.handle(Family.META), APPLIED_INDEX, longBytes(batch.appliedIndex()));
                database.write(records);
            }
            return batch;
        });
        appliedIndex = batch.appliedIndex();
    }

    private void add(Change change, WriteBatch records) throws RocksDBException {
        switch (change) {
            case Change.PutUser(User user) -> {
                byte[] id = Uuids.toBytes(user.id());
                byte[] name = ByteString.copyFromUtf8(user.username()).toByteArray();
                records.put(database.handle(Family.USERS), id, RecordCodec.encode(user));
                records.put(database.handle(Family.NAMES), name, id);
            }
            case Change.PutRequest(Request request) -> {
                byte[] key = request.stamp().key().toByteArray();
                records.put(database.handle(Family.REQUESTS), key, RecordCodec.encode(request));
                records.put(database.handle(Family.STAMPS), stampBytes(request.stamp()), NOTHING);
            }
            case Change.RemoveRequest(RequestStamp stamp) -> {
                records.delete(database.handle(Family.REQUESTS), stamp.key().toByteArray());
                records.delete(database.handle(Family.STAMPS), stampBytes(stamp));
            }
        }
    }

    @Override
    public void flush() {
        use(() -> {
            database.flush();
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
        try (database;
                backgroundErrors) {
            database.flush();
        } catch (RocksDBException e) {
            throw RocksErrors.inUse(directory, e);
        }
    }

    private <T extends @Nullable Object> T use(Access<T> access) {
        lifecycle.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the user state in " + directory + " is closed");
            }
            return access.run();
        } catch (RocksDBException e) {
            throw RocksErrors.inUse(directory, e);
        } catch (InvalidProtocolBufferException e) {
            throw RocksErrors.undecodable(directory, e);
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] stampBytes(RequestStamp stamp) {
        byte[] key = stamp.key().toByteArray();
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(stamp.timeMillis())
                .put(key)
                .array();
    }

    private static RequestStamp stamp(byte[] record) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        long timeMillis = buffer.getLong();
        byte[] key = new byte[buffer.remaining()];
        buffer.get(key);
        return new RequestStamp(timeMillis, Bytes.copyOf(key));
    }

    @FunctionalInterface
    private interface Access<T extends @Nullable Object> {
        T run() throws RocksDBException, InvalidProtocolBufferException;
    }
}
