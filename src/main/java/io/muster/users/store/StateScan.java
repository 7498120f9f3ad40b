package io.muster.users.store;

import com.google.protobuf.InvalidProtocolBufferException;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Reads all of a state as of one moment, from disk where it is there, and computes its hash anew. */
final class StateScan {

    private static final byte NAME = 'n';
    private static final byte STAMP = 's';
    private static final byte ADMINISTRATOR = 'a';
    private static final byte KEY_ID = 'k';
    private static final byte[] NOTHING = {};

    private final RocksDatabase database;
    private final ReadOptions options;
    private final Runnable beforeEach;
    private StateHash found = StateHash.EMPTY;
    /** Of names, time stamps, administrators and key ids: those that the records have, less those that lead to them. */
    private StateHash indexes = StateHash.EMPTY;

    private StateScan(RocksDatabase database, ReadOptions options, Runnable beforeEach) {
        this.database = database;
        this.options = options;
        this.beforeEach = beforeEach;
    }

    /**
     * The state as it was written.
     *
     * @param beforeEach runs before each record; ends the scan by what it throws
     * @throws BrokenStateException when what is there is not that
     */
    static AppliedState verify(RocksDatabase database, Runnable beforeEach)
            throws RocksDBException, BrokenStateException {
        Snapshot moment = database.snapshot();
        try (ReadOptions options =
                new ReadOptions().setSnapshot(moment).setFillCache(false).setVerifyChecksums(true)) {
            return new StateScan(database, options, beforeEach).verify();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new BrokenStateException("a record cannot be decoded: " + e.getMessage());
        } finally {
            database.release(moment);
        }
    }

    private AppliedState verify() throws RocksDBException, InvalidProtocolBufferException, BrokenStateException {
        byte[] record = database.get(Family.META, RocksRecords.APPLIED, options);
        AppliedState kept = record == null ? AppliedState.EMPTY : RecordCodec.decodeApplied(record);
        forEach(Family.USERS, this::takeUser);
        forEach(Family.REQUESTS, this::takeRequest);
        forEach(Family.SIGNING_KEYS, this::takeSigningKey);
        forEach(Family.NAMES, (name, id) -> indexes = indexes.minus(StateHash.of(NAME, name, id)));
        forEach(Family.ADMINISTRATORS, (id, _) -> indexes = indexes.minus(StateHash.of(ADMINISTRATOR, id, NOTHING)));
        forEach(Family.STAMPS, (stamp, _) -> indexes = indexes.minus(StateHash.of(STAMP, stamp, NOTHING)));
        if (!found.equals(kept.hash())) {
            throw new BrokenStateException(
                    "at entry " + kept.last().index() + " its hash is " + found + ", not " + kept.hash());
        }
        if (!indexes.equals(StateHash.EMPTY)) {
            throw new BrokenStateException(
                    "names, time stamps, administrators or key ids lead elsewhere than to its records");
        }
        return kept;
    }

    private void takeUser(byte[] id, byte[] record) throws InvalidProtocolBufferException {
        found = found.plus(StateHash.ofUser(record));
        User user = RecordCodec.decodeUser(record);
        indexes = indexes.plus(StateHash.of(NAME, RocksRecords.utf8(user.username()), id));
        if (user.access().administers()) {
            indexes = indexes.plus(StateHash.of(ADMINISTRATOR, id, NOTHING));
        }
    }

    private void takeRequest(byte[] key, byte[] record) throws InvalidProtocolBufferException {
        found = found.plus(StateHash.ofRequest(key, record));
        byte[] stamp = RecordCodec.encode(RecordCodec.decodeRequest(key, record).stamp());
        indexes = indexes.plus(StateHash.of(STAMP, stamp, NOTHING));
    }

    /** A key under another id than its own would not be found again. */
    private void takeSigningKey(byte[] id, byte[] record) throws InvalidProtocolBufferException {
        found = found.plus(StateHash.ofSigningKey(record));
        byte[] ownId = RocksRecords.utf8(RecordCodec.decodeSigningKey(record).id());
        indexes = indexes.plus(StateHash.of(KEY_ID, ownId, NOTHING)).minus(StateHash.of(KEY_ID, id, NOTHING));
    }

    private void forEach(Family family, RecordTaker taker) throws RocksDBException, InvalidProtocolBufferException {
        try (RocksIterator records = database.iterate(family, options)) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                beforeEach.run();
                taker.take(records.key(), records.value());
            }
            records.status();
        }
    }

    private interface RecordTaker {
        void take(byte[] key, byte[] value) throws InvalidProtocolBufferException;
    }
}
