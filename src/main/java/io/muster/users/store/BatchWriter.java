package io.muster.users.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** One batch in the making: its records, and the hash of the state with it. */
final class BatchWriter implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final RocksRecords store;
    private final RocksDatabase database;
    private final WriteBatch records = new WriteBatch();
    /** What the batch has changed so far: later changes see earlier ones. */
    private final Map<UUID, Optional<User>> users = new HashMap<>();

    private final Map<Bytes, Optional<Request>> requests = new HashMap<>();
    private final Map<String, Optional<SigningKey>> signingKeys = new HashMap<>();
    private StateHash hash;

    BatchWriter(RocksRecords store, StateHash before) {
        this.store = store;
        this.database = store.database();
        this.hash = before;
    }

    StateHash hash() {
        return hash;
    }

    void add(Change change) throws RocksDBException, InvalidProtocolBufferException {
        switch (change) {
            case Change.PutUser(User user) -> put(user);
            case Change.PutRequest(Request request) -> put(request);
            case Change.RemoveRequest(RequestStamp stamp) -> remove(stamp);
            case Change.RemoveUser(UUID id) -> remove(id);
            case Change.PutSigningKey(SigningKey key) -> put(key);
            case Change.RemoveSigningKey(String id) -> removeSigningKey(id);
        }
    }

    private void put(User user) throws RocksDBException, InvalidProtocolBufferException {
        remove(user.id());
        users.put(user.id(), Optional.of(user));
        byte[] id = Uuids.toBytes(user.id());
        records.put(database.handle(Family.USERS), id, RecordCodec.encode(user));
        records.put(database.handle(Family.NAMES), RocksRecords.utf8(user.username()), id);
        if (user.access().administers()) {
            records.put(database.handle(Family.ADMINISTRATORS), id, NOTHING);
        }
        hash = hash.plus(StateHash.of(user));
    }

    private void remove(UUID id) throws RocksDBException, InvalidProtocolBufferException {
        Optional<User> pending = users.get(id);
        User before = pending == null ? store.user(id) : pending.orElse(null);
        if (before != null) {
            users.put(id, Optional.empty());
            records.delete(database.handle(Family.USERS), Uuids.toBytes(id));
            records.delete(database.handle(Family.NAMES), RocksRecords.utf8(before.username()));
            records.delete(database.handle(Family.ADMINISTRATORS), Uuids.toBytes(id));
            hash = hash.minus(StateHash.of(before));
        }
    }

    private void put(Request request) throws RocksDBException, InvalidProtocolBufferException {
        Bytes key = request.stamp().key();
        Request before = request(key);
        if (before != null) {
            remove(before.stamp());
        }
        requests.put(key, Optional.of(request));
        records.put(database.handle(Family.REQUESTS), key.toByteArray(), RecordCodec.encode(request));
        records.put(database.handle(Family.STAMPS), RecordCodec.encode(request.stamp()), NOTHING);
        hash = hash.plus(StateHash.of(request));
    }

    private void remove(RequestStamp stamp) throws RocksDBException, InvalidProtocolBufferException {
        Request before = request(stamp.key());
        if (before == null || !before.stamp().equals(stamp)) {
            return;
        }
        requests.put(stamp.key(), Optional.empty());
        records.delete(database.handle(Family.REQUESTS), stamp.key().toByteArray());
        records.delete(database.handle(Family.STAMPS), RecordCodec.encode(stamp));
        hash = hash.minus(StateHash.of(before));
    }

    private @Nullable Request request(Bytes key) throws RocksDBException, InvalidProtocolBufferException {
        Optional<Request> pending = requests.get(key);
        return pending == null ? store.request(key) : pending.orElse(null);
    }

    private void put(SigningKey key) throws RocksDBException, InvalidProtocolBufferException {
        removeSigningKey(key.id());
        signingKeys.put(key.id(), Optional.of(key));
        records.put(database.handle(Family.SIGNING_KEYS), RocksRecords.utf8(key.id()), RecordCodec.encode(key));
        hash = hash.plus(StateHash.of(key));
    }

    private void removeSigningKey(String id) throws RocksDBException, InvalidProtocolBufferException {
        Optional<SigningKey> pending = signingKeys.get(id);
        SigningKey before = pending == null ? store.signingKey(id) : pending.orElse(null);
        if (before != null) {
            signingKeys.put(id, Optional.empty());
            records.delete(database.handle(Family.SIGNING_KEYS), RocksRecords.utf8(id));
            hash = hash.minus(StateHash.of(before));
        }
    }

    void write(AppliedState after) throws RocksDBException {
        records.put(database.handle(Family.META), RocksRecords.APPLIED, RecordCodec.encode(after));
        database.write(records);
    }

    @Override
    public void close() {
        records.close();
    }
}
