package io.muster.storage;

import io.muster.storage.StorageException.Damaged;
import io.muster.storage.StorageException.Foreign;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The first sector of a segment: magic (8 bytes), format version (4), the fields below in their order, zeros, and in the
 * last 4 bytes the CRC32C of all before. Magic, version and checksum stay where they are in every version.
 *
 * @param segmentBytes size of the file
 * @param maxFrameBytes no frame in this segment is longer
 * @param sequence position among the segments, from 1
 * @param salt random; stands in each frame, so that no bytes of another segment read as one of this
 * @param firstIndex last index + 1 when it was made
 * @param firstFrame sequence number of its first frame
 * @param previousChecksum checksum of the last frame of the segments before, 0 where there was none
 */
record SegmentHeader(
        int segmentBytes,
        int maxFrameBytes,
        long sequence,
        long salt,
        long firstIndex,
        long firstFrame,
        int previousChecksum) {

    static final int BYTES = Sectors.BYTES;
    static final String DIRECTORY = "log";
    static final String SUFFIX = ".wal";

    private static final long MAGIC = 0x4d555354524c4f47L; // "MUSTRLOG"
    private static final int VERSION = 1;
    private static final int CHECKSUM_OFFSET = BYTES - Integer.BYTES;

    /** Path of the segment with that sequence number. */
    static String path(long sequence) {
        return "%s/%016x%s".formatted(DIRECTORY, sequence, SUFFIX);
    }

    /** The header of the segment after that one. */
    static SegmentHeader following(long before, LogOptions options, long salt, long firstIndex, FrameChain chain) {
        return new SegmentHeader(
                options.segmentBytes(),
                options.maxFrameBytes(),
                before + 1,
                salt,
                firstIndex,
                chain.nextSequence(),
                chain.lastChecksum());
    }

    /** Whether it was made where the log stood so. */
    boolean continues(long lastIndex, FrameChain chain) {
        return firstIndex == lastIndex + 1 && continues(chain);
    }

    /** Whether its frames begin where those before it ended. */
    boolean continues(FrameChain chain) {
        return firstFrame == chain.nextSequence() && previousChecksum == chain.lastChecksum();
    }

    /** What marks a frame as written at that offset of this segment. */
    long place(int offset) {
        return salt + offset;
    }

    ByteBuffer encode() {
        ByteBuffer sector = ByteBuffer.allocate(BYTES);
        sector.putLong(MAGIC).putInt(VERSION).putInt(segmentBytes).putInt(maxFrameBytes);
        sector.putLong(sequence).putLong(salt).putLong(firstIndex).putLong(firstFrame);
        sector.putInt(previousChecksum);
        return sector.putInt(CHECKSUM_OFFSET, crc(sector)).clear();
    }

    static SegmentHeader decode(String path, ByteBuffer sector) {
        if (sector.limit() < BYTES || sector.getLong(0) != MAGIC || sector.getInt(CHECKSUM_OFFSET) != crc(sector)) {
            throw Damaged.at(path, 0, "the segment's header is not what was written");
        }
        sector.position(Long.BYTES);
        int version = sector.getInt();
        if (version != VERSION) {
            throw new Foreign(path + " has format version " + version + ", and this version of Muster reads " + VERSION
                    + ": start the version that wrote it");
        }
        SegmentHeader header = new SegmentHeader(
                sector.getInt(),
                sector.getInt(),
                sector.getLong(),
                sector.getLong(),
                sector.getLong(),
                sector.getLong(),
                sector.getInt());
        if (!header.isPossible()) {
            throw Damaged.at(path, 0, "the segment's header is whole but makes no sense");
        }
        return header;
    }

    private boolean isPossible() {
        return sequence >= 1
                && firstIndex >= 1
                && firstFrame >= 1
                && LogOptions.arePossible(segmentBytes, maxFrameBytes);
    }

    private static int crc(ByteBuffer sector) {
        CRC32C crc = new CRC32C();
        crc.update(sector.slice(0, CHECKSUM_OFFSET));
        return (int) crc.getValue();
    }
}
