package io.muster.storage;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An entry in a frame: index (8 bytes), term (8), time (8), kind of payload (1), length of payload (4), payload. */
final class EntryCodec {

    private static final int FIXED_BYTES = 3 * Long.BYTES + 1 + Integer.BYTES;
    private static final byte NO_OP = 0;
    private static final byte COMMAND = 1;

    private EntryCodec() {}

    static long length(Entry entry) {
        return (long) FIXED_BYTES
                + switch (entry.payload()) {
                    case Payload.NoOp _ -> 0;
                    case Payload.Command(Bytes content) -> content.size();
                };
    }

    static void encode(Entry entry, ByteBuffer buffer) {
        buffer.putLong(entry.index()).putLong(entry.term()).putLong(entry.timeMillis());
        switch (entry.payload()) {
            case Payload.NoOp _ -> buffer.put(NO_OP).putInt(0);
            case Payload.Command(Bytes content) ->
                buffer.put(COMMAND).putInt(content.size()).put(content.toByteArray());
        }
    }

    /**
     * Decodes exactly {@code count} entries.
     *
     * @throws IllegalArgumentException when the buffer does not hold just that
     */
    static List<Entry> decode(ByteBuffer buffer, int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            require(buffer.remaining() >= FIXED_BYTES);
            long index = buffer.getLong();
            long term = buffer.getLong();
            long timeMillis = buffer.getLong();
            entries.add(new Entry(index, term, timeMillis, payload(buffer)));
        }
        require(!buffer.hasRemaining());
        return entries;
    }

    private static Payload payload(ByteBuffer buffer) {
        byte kind = buffer.get();
        int length = buffer.getInt();
        require(length >= 0 && length <= buffer.remaining());
        byte[] content = new byte[length];
        buffer.get(content);
        return switch (kind) {
            case NO_OP -> {
                require(length == 0);
                yield new Payload.NoOp();
            }
            case COMMAND -> new Payload.Command(Bytes.copyOf(content));
            default -> throw new IllegalArgumentException("unknown kind of payload " + kind);
        };
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("the entries do not fill their frame");
        }
    }
}
