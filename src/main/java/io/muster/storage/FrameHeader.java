package io.muster.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a frame's entries, in this order, 36 bytes. A frame starts at a sector and is all that one write and
 * one sync cover.
 *
 * @param length of the whole frame in bytes, this header included
 * @param checksum CRC32C of all the rest of the frame
 * @param place the segment's salt plus the frame's offset, so that a frame reads as one only where it was written
 * @param sequence position among all frames of the log, over all segments, from 1
 * @param previousChecksum checksum of the frame before, 0 for the first
 * @param kind {@link #DATA} or {@link #SEAL}
 * @param entryCount number of entries that follow, 0 in a seal
 */
record FrameHeader(
        int length, int checksum, long place, long sequence, int previousChecksum, int kind, int entryCount) {

    static final int BYTES = 36;
    static final int DATA = 1;
    static final int SEAL = 2;

    private static final int CHECKSUM_OFFSET = 4;
    private static final int CHECKED_OFFSET = 8;

    /**
     * Completes a frame: {@code frame} has its entries from {@link #BYTES} on; writes the rest before them.
     *
     * @return its header
     */
    static FrameHeader complete(ByteBuffer frame, long place, FrameChain chain, int kind, int entryCount) {
        frame.putInt(0, frame.limit());
        frame.putLong(8, place).putLong(16, chain.nextSequence()).putInt(24, chain.lastChecksum());
        frame.putInt(28, kind).putInt(32, entryCount);
        frame.putInt(CHECKSUM_OFFSET, crc(frame, 0, frame.limit()));
        return at(frame, 0);
    }

    /** The header of the frame of {@code place} that stands whole at {@code offset}; null where none does. */
    static @Nullable FrameHeader intact(ByteBuffer content, int offset, long place) {
        if (content.limit() - offset < BYTES) {
            return null;
        }
        FrameHeader header = at(content, offset);
        boolean plausible =
                header.length >= BYTES && header.length <= content.limit() - offset && header.place == place;
        return plausible && header.checksum == crc(content, offset, header.length) ? header : null;
    }

    /**
     * Why no version has written this frame, although its checksum is right; null where one may have.
     *
     * @param maxBytes length of the longest frame in its segment
     */
    @Nullable
    String objection(int maxBytes) {
        return switch (kind) {
            case DATA -> length <= maxBytes ? null : "the frame is longer than any in this segment";
            case SEAL -> length == BYTES && entryCount == 0 ? null : "the frame is a seal and carries something";
            default -> "the frame is of no known kind";
        };
    }

    static FrameHeader at(ByteBuffer content, int offset) {
        return new FrameHeader(
                content.getInt(offset),
                content.getInt(offset + CHECKSUM_OFFSET),
                content.getLong(offset + 8),
                content.getLong(offset + 16),
                content.getInt(offset + 24),
                content.getInt(offset + 28),
                content.getInt(offset + 32));
    }

    private static int crc(ByteBuffer content, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content.slice(offset, CHECKSUM_OFFSET));
        crc.update(content.slice(offset + CHECKED_OFFSET, length - CHECKED_OFFSET));
        return (int) crc.getValue();
    }
}
