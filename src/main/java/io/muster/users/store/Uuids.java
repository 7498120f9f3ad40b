package io.muster.users.store;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as 16 bytes, big-endian (RFC 9562, section 4). */
public final class Uuids {

    private static final int SIZE = 16;

    private Uuids() {}

    /** The 16 bytes of {@code id}. */
    public static byte[] toBytes(UUID id) {
        return ByteBuffer.allocate(SIZE)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The UUID of 16 bytes; any other number of them is refused with an {@link IllegalArgumentException}. */
    public static UUID fromBytes(ByteString bytes) {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a UUID has 16 bytes, not " + bytes.size());
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
