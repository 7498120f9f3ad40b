package io.muster.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Makes right the checksum of what was changed, so that it gets past it. */
final class Reseal {

    private static final int RECORD_HEADER_BYTES = 20;
    private static final int RECORD_CHECKSUM = 16;
    private static final int FRAME_CHECKSUM = 4;

    private Reseal() {}

    /** All of a segment's header. */
    static byte[] segmentHeader(byte[] sector) {
        int at = SegmentHeader.BYTES - Integer.BYTES;
        return put(sector, at, crc(sector, 0, at));
    }

    /** A frame of that length at that offset. */
    static byte[] frame(byte[] segment, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(segment, offset, FRAME_CHECKSUM);
        crc.update(segment, offset + 8, length - 8);
        return put(segment, offset + FRAME_CHECKSUM, (int) crc.getValue());
    }

    /** A small file, its length too. */
    static byte[] record(byte[] file) {
        if (file.length < RECORD_HEADER_BYTES) {
            return file;
        }
        put(file, 12, file.length - RECORD_HEADER_BYTES);
        CRC32C crc = new CRC32C();
        crc.update(file, 0, RECORD_CHECKSUM);
        crc.update(file, RECORD_HEADER_BYTES, file.length - RECORD_HEADER_BYTES);
        return put(file, RECORD_CHECKSUM, (int) crc.getValue());
    }

    private static int crc(byte[] content, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(content, from, to - from);
        return (int) crc.getValue();
    }

    private static byte[] put(byte[] content, int at, int value) {
        ByteBuffer.wrap(content).putInt(at, value);
        return content;
    }
}
