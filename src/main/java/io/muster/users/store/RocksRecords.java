package io.muster.users.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** The records of the state in an open RocksDB. Not safe to use during or after {@link #close}. */
final class RocksRecords implements AutoCloseable {

    static final byte[] APPLIED = {'a'};

    private final RocksDatabase database;

    private RocksRecords(RocksDatabase database) {
        this.database = database;
    }

    /** Opens or creates the state in a directory. */
    static RocksRecords open(Path directory) {
        return new RocksRecords(RocksDatabase.open(directory));
    }

    /** Opens a state that is there, to read it. */
    static RocksRecords openReadOnly(Path directory) {
        return new RocksRecords(RocksDatabase.openReadOnly(directory));
    }

    RocksDatabase database() {
        return database;
    }

    AppliedState applied() throws RocksDBException, InvalidProtocolBufferException {
        byte[] record = database.get(Family.META, APPLIED);
        return record == null ? AppliedState.EMPTY : RecordCodec.decodeApplied(record);
    }

    @Nullable
    User userByName(String username) throws RocksDBException, InvalidProtocolBufferException {
        byte[] id = database.get(Family.NAMES, utf8(username));
        return id == null ? null : user(id);
    }

    @Nullable
    User user(UUID id) throws RocksDBException, InvalidProtocolBufferException {
        return user(Uuids.toBytes(id));
    }

    private @Nullable User user(byte[] id) throws RocksDBException, InvalidProtocolBufferException {
        byte[] record = database.get(Family.USERS, id);
        return record == null ? null : RecordCodec.decodeUser(record);
    }

    @Nullable
    Request request(Bytes key) throws RocksDBException, InvalidProtocolBufferException {
        byte[] record = database.get(Family.REQUESTS, key.toByteArray());
        return record == null ? null : RecordCodec.decodeRequest(key, record);
    }

    List<RequestStamp> oldestRequests(long fromMillis, long beforeMillis, int limit) throws RocksDBException {
        List<RequestStamp> found = new ArrayList<>();
        try (Slice end = new Slice(RecordCodec.encode(beforeMillis));
                ReadOptions options = new ReadOptions().setIterateUpperBound(end);
                RocksIterator records = database.iterate(Family.STAMPS, options)) {
            records.seek(RecordCodec.encode(fromMillis));
            while (records.isValid() && found.size() < limit) {
                found.add(RecordCodec.decodeStamp(records.key()));
                records.next();
            }
            records.status();
        }
        return found;
    }

    List<User> usersByName(String prefix, @Nullable String after, int limit)
            throws RocksDBException, InvalidProtocolBufferException {
        byte[] first = utf8(prefix);
        byte[] behind = after == null ? first : utf8(after);
        List<User> found = new ArrayList<>();
        // Names and users of one moment.
        Snapshot moment = database.snapshot();
        try (ReadOptions options = new ReadOptions().setSnapshot(moment);
                RocksIterator names = database.iterate(Family.NAMES, options)) {
            names.seek(Arrays.compareUnsigned(behind, first) > 0 ? behind : first);
            while (names.isValid() && startsWith(names.key(), first) && found.size() < limit) {
                byte[] record = Arrays.equals(names.key(), behind) && after != null
                        ? null
                        : database.get(Family.USERS, names.value(), options);
                if (record != null) {
                    found.add(RecordCodec.decodeUser(record));
                }
                names.next();
            }
            names.status();
        } finally {
            database.release(moment);
        }
        return List.copyOf(found);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    List<UUID> administrators(int limit) throws RocksDBException {
        List<UUID> found = new ArrayList<>();
        try (ReadOptions options = new ReadOptions();
                RocksIterator ids = database.iterate(Family.ADMINISTRATORS, options)) {
            for (ids.seekToFirst(); ids.isValid() && found.size() < limit; ids.next()) {
                found.add(Uuids.fromBytes(ByteString.copyFrom(ids.key())));
            }
            ids.status();
        }
        return List.copyOf(found);
    }

    @Nullable
    SigningKey signingKey(String id) throws RocksDBException, InvalidProtocolBufferException {
        byte[] record = database.get(Family.SIGNING_KEYS, utf8(id));
        return record == null ? null : RecordCodec.decodeSigningKey(record);
    }

    List<SigningKey> signingKeys() throws RocksDBException, InvalidProtocolBufferException {
        List<SigningKey> found = new ArrayList<>();
        try (ReadOptions options = new ReadOptions();
                RocksIterator records = database.iterate(Family.SIGNING_KEYS, options)) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                found.add(RecordCodec.decodeSigningKey(records.value()));
            }
            records.status();
        }
        found.sort(SigningKey.OLDEST_FIRST);
        return List.copyOf(found);
    }

    /** Writes a batch on top of {@code before}, and answers what the state is then. */
    AppliedState write(Batch batch, AppliedState before) throws RocksDBException, InvalidProtocolBufferException {
        try (BatchWriter writer = new BatchWriter(this, before.hash())) {
            for (Change change : batch.changes()) {
                writer.add(change);
            }
            AppliedState after = new AppliedState(batch.applied(), writer.hash());
            writer.write(after);
            return after;
        }
    }

    static byte[] utf8(String text) {
        return ByteString.copyFromUtf8(text).toByteArray();
    }

    @Override
    public void close() {
        database.close();
    }
}
