package io.muster.users.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import io.muster.users.proto.StoredRequest;
import io.muster.users.proto.StoredUser;

/** The records of the store as users.proto has them. */
public final class RecordCodec {

    private RecordCodec() {}

    /** The message of a user. Holds the hash: for the disk and the wire, not for a log line. */
    public static StoredUser toMessage(User user) {
        return StoredUser.newBuilder()
                .setUserId(ByteString.copyFrom(Uuids.toBytes(user.id())))
                .setUsername(user.username())
                .setPasswordHash(user.passwordHash().phc())
                .setCreatedAtMillis(user.createdAtMillis())
                .build();
    }

    /** The user of a message; refused with an {@link IllegalArgumentException} where its id is none. */
    public static User toUser(StoredUser message) {
        return new User(
                Uuids.fromBytes(message.getUserId()),
                message.getUsername(),
                new PasswordHash(message.getPasswordHash()),
                message.getCreatedAtMillis());
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

    static User decodeUser(byte[] record) throws InvalidProtocolBufferException {
        return toUser(StoredUser.parseFrom(record));
    }

    static Request decodeRequest(Bytes key, byte[] record) throws InvalidProtocolBufferException {
        StoredRequest message = StoredRequest.parseFrom(record);
        return new Request(new RequestStamp(message.getTimeMillis(), key), toUser(message.getUser()));
    }
}
