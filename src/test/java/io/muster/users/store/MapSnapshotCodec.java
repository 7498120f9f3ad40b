package io.muster.users.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.node.DamagedSnapshotException;
import io.muster.raft.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/** A {@link MapTables} as bytes: CRC32C of all the rest, applied state, users, signing keys, requests; the same for the same state. */
final class MapSnapshotCodec {

    private MapSnapshotCodec() {}

    static ByteBuffer encode(MapTables tables) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(RecordCodec.encode(tables.applied()));
        List<User> users =
                tables.users().stream().sorted(Comparator.comparing(User::id)).toList();
        parts.add(count(users.size()));
        users.forEach(user -> parts.add(RecordCodec.encode(user)));
        parts.add(count(tables.signingKeys().size()));
        tables.signingKeys().forEach(key -> parts.add(RecordCodec.encode(key)));
        List<Request> requests = tables.requests().stream()
                .sorted(Comparator.comparing(Request::stamp))
                .toList();
        for (Request request : requests) {
            parts.add(request.stamp().key().toByteArray());
            parts.add(RecordCodec.encode(request));
        }
        int length =
                parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
        ByteBuffer content = ByteBuffer.allocate(Integer.BYTES + length).putInt(0);
        parts.forEach(part -> content.putInt(part.length).put(part));
        content.flip();
        return content.putInt(0, crc(content));
    }

    private static byte[] count(int count) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(count).array();
    }

    private static int crc(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.slice(Integer.BYTES, content.limit() - Integer.BYTES));
        return (int) crc.getValue();
    }

    static MapTables decode(ByteBuffer content) throws DamagedSnapshotException {
        if (content.limit() < Integer.BYTES || content.getInt(0) != crc(content)) {
            throw new DamagedSnapshotException("its checksum is wrong");
        }
        content.position(Integer.BYTES);
        try {
            return read(content);
        } catch (InvalidProtocolBufferException | BufferUnderflowException e) {
            throw new DamagedSnapshotException("it makes no sense: " + e.getMessage());
        }
    }

    private static MapTables read(ByteBuffer content) throws InvalidProtocolBufferException {
        AppliedState applied = RecordCodec.decodeApplied(next(content));
        int users = ByteBuffer.wrap(next(content)).getInt();
        List<User> decoded = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            decoded.add(RecordCodec.decodeUser(next(content)));
        }
        int keys = ByteBuffer.wrap(next(content)).getInt();
        List<SigningKey> decodedKeys = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            decodedKeys.add(RecordCodec.decodeSigningKey(next(content)));
        }
        List<Request> requests = new ArrayList<>();
        while (content.hasRemaining()) {
            Bytes key = Bytes.copyOf(next(content));
            requests.add(RecordCodec.decodeRequest(key, next(content)));
        }
        return MapTables.of(applied, decoded, requests, decodedKeys);
    }

    private static byte[] next(ByteBuffer content) {
        byte[] part = new byte[content.getInt()];
        content.get(part);
        return part;
    }
}
