package io.muster.users.store;

import io.muster.raft.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A hash of all users, idempotency records and signing keys, whatever their order: the sum, modulo 2^128, of the first 16 bytes of each
 * record's SHA-256. So it can be kept while records come and go, and two replicas with the same state have the same.
 *
 * <p>It finds divergence and damage. It is no proof against somebody who chooses records to collide.
 *
 * @param high its upper 64 bits
 * @param low its lower 64 bits
 */
public record StateHash(long high, long low) {

    /** Of a state without records. */
    public static final StateHash EMPTY = new StateHash(0, 0);

    private static final byte USER = 'u';
    private static final byte REQUEST = 'r';
    private static final byte SIGNING_KEY = 'k';

    /** Of a state of that one user. */
    public static StateHash of(User user) {
        return ofUser(RecordCodec.encode(user));
    }

    /** Of a state of that one idempotency record. */
    public static StateHash of(Request request) {
        return ofRequest(request.stamp().key().toByteArray(), RecordCodec.encode(request));
    }

    /** Of a state of that one signing key. */
    public static StateHash of(SigningKey key) {
        return ofSigningKey(RecordCodec.encode(key));
    }

    static StateHash ofUser(byte[] record) {
        return of(USER, new byte[0], record);
    }

    static StateHash ofRequest(byte[] key, byte[] record) {
        return of(REQUEST, key, record);
    }

    static StateHash ofSigningKey(byte[] record) {
        return of(SIGNING_KEY, new byte[0], record);
    }

    static StateHash of(byte kind, byte[] key, byte[] record) {
        MessageDigest digest = Sha256.digest();
        digest.update(kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, key.length));
        digest.update(key);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(record));
        return new StateHash(hash.getLong(), hash.getLong());
    }

    /** Of both states together, which share no record. */
    public StateHash plus(StateHash other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new StateHash(high + other.high + carry, sum);
    }

    /** Of this state without the other, which is a part of it. */
    public StateHash minus(StateHash other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new StateHash(high - other.high - borrow, low - other.low);
    }

    /** 16 bytes. */
    public Bytes toBytes() {
        return Bytes.copyOf(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
