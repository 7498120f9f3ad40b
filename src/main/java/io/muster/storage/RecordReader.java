package io.muster.storage;

import io.muster.raft.NodeId;
import io.muster.storage.StorageException.Damaged;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the body of a {@link RecordFile} field by field. A right checksum says that the body is what was written, not that
 * it makes sense: so every length and number is checked against its range, and all else is {@link Damaged}.
 */
final class RecordReader {

    private final String name;
    private final ByteBuffer body;

    /** Reads from the position of {@code body}, which is its offset in the file {@code name}. */
    RecordReader(String name, ByteBuffer body) {
        this.name = name;
        this.body = body;
    }

    /** A number from {@code least} on. */
    long number(long least) {
        require(body.remaining() >= Long.BYTES, "it ends within a number");
        long value = body.getLong();
        require(value >= least, "the number before is " + value + ", below " + least);
        return value;
    }

    /** A number from {@code least} to {@code most}. */
    int number(int least, int most) {
        require(body.remaining() >= Integer.BYTES, "it ends within a number");
        int value = body.getInt();
        require(
                value >= least && value <= most,
                "the number before is " + value + ", not from " + least + " to " + most);
        return value;
    }

    /** Any 4 bytes. */
    int bits() {
        return number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** How many records of {@code recordBytes} follow: no more than there is room for. */
    int count(int recordBytes) {
        return number(0, Math.max(0, body.remaining() - Integer.BYTES) / recordBytes);
    }

    NodeId node() {
        return new NodeId(number(1, Integer.MAX_VALUE));
    }

    /** A length and as many bytes of UTF-8. */
    String text() {
        byte[] text = new byte[count(1)];
        body.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    void requireEnd() {
        require(!body.hasRemaining(), "something follows its last field");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Damaged.at(name, body.position(), "its checksum is right, but it makes no sense: " + otherwise);
        }
    }
}
