package io.muster.users.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.muster.raft.Bytes;
import io.muster.raft.LogStart;
import io.muster.users.proto.StoredRequest;
import io.muster.users.proto.StoredSigningKey;
import io.muster.users.proto.StoredUser;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of the store as users.proto has them. */
public final class RecordCodec {

    private static final int APPLIED_BYTES = 5 * Long.BYTES;

    private RecordCodec() {}

    /** The message of a user. Holds the hash: for the disk and the wire, not for a log line. */
    public static StoredUser toMessage(User user) {
        StoredUser.Builder message = StoredUser.newBuilder()
                .setUserId(ByteString.copyFrom(Uuids.toBytes(user.id())))
                .setUsername(user.username())
                .setPasswordHash(user.passwordHash().phc())
                .setCreatedAtMillis(user.createdAtMillis())
                .setRequestKey(toByteString(user.requestKey()))
                .setEpoch(user.access().epoch())
                .setDisabled(user.access().disabled())
                .addAllRole(user.access().roles())
                .setLockedUntilMillis(user.access().lock().untilMillis())
                .setLockCount(user.access().lock().count());
        if (user.resetCode() != null) {
            message.setResetCode(toMessage(user.resetCode()));
        }
        user.families().forEach(family -> message.addFamily(toMessage(family)));
        return message.build();
    }

    /** The message of a family of refresh tokens. */
    public static io.muster.users.proto.TokenFamily toMessage(TokenFamily family) {
        return io.muster.users.proto.TokenFamily.newBuilder()
                .setFamilyId(ByteString.copyFrom(Uuids.toBytes(family.id())))
                .addAllCurrent(
                        family.current().stream().map(RecordCodec::toByteString).toList())
                .addAllPrevious(family.previous().stream()
                        .map(RecordCodec::toByteString)
                        .toList())
                .setRotatedAtMillis(family.rotatedAtMillis())
                .setExpiresAtMillis(family.expiresAtMillis())
                .build();
    }

    /** The family of a message; refused with an {@link IllegalArgumentException} where it is none. */
    public static TokenFamily toFamily(io.muster.users.proto.TokenFamily message) {
        return new TokenFamily(
                Uuids.fromBytes(message.getFamilyId()),
                hashes(message.getCurrentList()),
                hashes(message.getPreviousList()),
                message.getRotatedAtMillis(),
                message.getExpiresAtMillis());
    }

    private static List<Bytes> hashes(List<ByteString> hashes) {
        return hashes.stream().map(hash -> Bytes.copyOf(hash.toByteArray())).toList();
    }

    /** The message of a reset code. */
    public static io.muster.users.proto.ResetCode toMessage(ResetCode code) {
        return io.muster.users.proto.ResetCode.newBuilder()
                .setHash(toByteString(code.hash()))
                .setExpiresAtMillis(code.expiresAtMillis())
                .build();
    }

    /** The reset code of a message; refused with an {@link IllegalArgumentException} where it is none. */
    public static ResetCode toResetCode(io.muster.users.proto.ResetCode message) {
        return new ResetCode(Bytes.copyOf(message.getHash().toByteArray()), message.getExpiresAtMillis());
    }

    private static ByteString toByteString(@Nullable Bytes bytes) {
        return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes.toByteArray());
    }

    private static @Nullable Bytes toBytes(ByteString bytes) {
        return bytes.isEmpty() ? null : Bytes.copyOf(bytes.toByteArray());
    }

    /**
     * The user of a message; refused with an {@link IllegalArgumentException} where its id is none, its name or hash is
     * missing, or another field is not as it is written.
     */
    public static User toUser(StoredUser message) {
        if (message.getUsername().isEmpty() || message.getPasswordHash().isEmpty()) {
            throw new IllegalArgumentException("a user has a name and a hash");
        }
        return new User(
                Uuids.fromBytes(message.getUserId()),
                message.getUsername(),
                new PasswordHash(message.getPasswordHash()),
                message.getCreatedAtMillis(),
                toBytes(message.getRequestKey()),
                new Access(
                        message.getEpoch(),
                        message.getDisabled(),
                        message.getRoleList(),
                        new Lock(message.getLockedUntilMillis(), message.getLockCount())),
                message.hasResetCode() ? toResetCode(message.getResetCode()) : null,
                message.getFamilyList().stream().map(RecordCodec::toFamily).toList());
    }

    /** The message of a signing key. */
    public static StoredSigningKey toMessage(SigningKey key) {
        return StoredSigningKey.newBuilder()
                .setKeyId(key.id())
                .setPublicKey(toByteString(key.publicKey()))
                .setWrappedPrivateKey(toByteString(key.wrappedPrivateKey()))
                .setCreatedAtMillis(key.createdAtMillis())
                .setSignsFromMillis(key.signsFromMillis())
                .setNumber(key.number())
                .build();
    }

    /** The key of a message; refused with an {@link IllegalArgumentException} where a part is missing. */
    public static SigningKey toSigningKey(StoredSigningKey message) {
        return new SigningKey(
                message.getKeyId(),
                Bytes.copyOf(message.getPublicKey().toByteArray()),
                Bytes.copyOf(message.getWrappedPrivateKey().toByteArray()),
                message.getCreatedAtMillis(),
                message.getSignsFromMillis(),
                message.getNumber());
    }

    static byte[] encode(SigningKey key) {
        return toMessage(key).toByteArray();
    }

    /** As {@link #decodeUser}. */
    static SigningKey decodeSigningKey(byte[] record) throws InvalidProtocolBufferException {
        StoredSigningKey message = StoredSigningKey.parseFrom(record);
        requireKnown(message.getUnknownFields());
        try {
            return toSigningKey(message);
        } catch (IllegalArgumentException e) {
            throw new InvalidProtocolBufferException("the signing key makes no sense", e);
        }
    }

    /** How many bytes the message of a user has. */
    public static int size(User user) {
        return toMessage(user).getSerializedSize();
    }

    static byte[] encode(User user) {
        return toMessage(user).toByteArray();
    }

    static byte[] encode(Request request) {
        return StoredRequest.newBuilder()
                .setTimeMillis(request.stamp().timeMillis())
                .setUser(toMessage(request.user()))
                .build()
                .toByteArray();
    }

    static byte[] encode(long timeMillis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(timeMillis).array();
    }

    static byte[] encode(RequestStamp stamp) {
        byte[] key = stamp.key().toByteArray();
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(stamp.timeMillis())
                .put(key)
                .array();
    }

    static RequestStamp decodeStamp(byte[] record) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        long timeMillis = buffer.getLong();
        byte[] key = new byte[buffer.remaining()];
        buffer.get(key);
        return new RequestStamp(timeMillis, Bytes.copyOf(key));
    }

    static byte[] encode(AppliedState state) {
        LogStart last = state.last();
        return ByteBuffer.allocate(APPLIED_BYTES)
                .putLong(last.index())
                .putLong(last.term())
                .putLong(last.timeMillis())
                .putLong(state.hash().high())
                .putLong(state.hash().low())
                .array();
    }

    static AppliedState decodeApplied(byte[] record) throws InvalidProtocolBufferException {
        if (record.length != APPLIED_BYTES) {
            throw new InvalidProtocolBufferException("the applied state takes " + APPLIED_BYTES + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(record);
        LogStart last = new LogStart(buffer.getLong(), buffer.getLong(), buffer.getLong());
        return new AppliedState(last, new StateHash(buffer.getLong(), buffer.getLong()));
    }

    /** On disk, unlike on the wire, a field of a newer version is refused: the next write would drop it. */
    static User decodeUser(byte[] record) throws InvalidProtocolBufferException {
        return storedUser(StoredUser.parseFrom(record));
    }

    private static User storedUser(StoredUser message) throws InvalidProtocolBufferException {
        requireKnown(message.getUnknownFields());
        requireKnown(message.getResetCode().getUnknownFields());
        for (var family : message.getFamilyList()) {
            requireKnown(family.getUnknownFields());
        }
        try {
            return toUser(message);
        } catch (IllegalArgumentException e) {
            throw new InvalidProtocolBufferException("the user makes no sense", e);
        }
    }

    static Request decodeRequest(byte[] key, byte[] record) throws InvalidProtocolBufferException {
        return decodeRequest(Bytes.copyOf(key), record);
    }

    /** As {@link #decodeUser}. */
    static Request decodeRequest(Bytes key, byte[] record) throws InvalidProtocolBufferException {
        StoredRequest message = StoredRequest.parseFrom(record);
        requireKnown(message.getUnknownFields());
        if (message.getTimeMillis() < 0) {
            throw new InvalidProtocolBufferException("its stamp is before 1970");
        }
        return new Request(new RequestStamp(message.getTimeMillis(), key), storedUser(message.getUser()));
    }

    private static void requireKnown(UnknownFieldSet fields) throws InvalidProtocolBufferException {
        if (!fields.isEmpty()) {
            throw new InvalidProtocolBufferException("it has a field that is not known to this version");
        }
    }
}
