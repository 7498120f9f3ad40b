package io.muster.storage;

/**
 * Sizes of the log on disk. Each segment keeps those it was made with; changed ones hold from the next segment on.
 *
 * @param segmentBytes size of a segment file, preallocated: a multiple of 512, at most 256 MiB, with room for its header
 *     of 512 bytes and a frame of {@code maxFrameBytes}
 * @param maxFrameBytes the most that one write and one sync cover, a multiple of 512; bounds the size of an entry, and
 *     how much of the log's end can count as a torn write
 */
public record LogOptions(int segmentBytes, int maxFrameBytes) {

    /** Segments of 16 MiB, frames of up to 1 MiB. */
    public static final LogOptions DEFAULT = new LogOptions(16 << 20, 1 << 20);

    static final int MAX_SEGMENT_BYTES = 256 << 20;

    public LogOptions {
        requireSectors("segmentBytes", segmentBytes);
        requireSectors("maxFrameBytes", maxFrameBytes);
        if (segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is at most " + MAX_SEGMENT_BYTES + ", not " + segmentBytes);
        }
        if (maxFrameBytes > segmentBytes - SegmentHeader.BYTES) {
            throw new IllegalArgumentException("a segment of " + segmentBytes + " bytes has no room for its header of "
                    + SegmentHeader.BYTES + " and a frame of " + maxFrameBytes);
        }
    }

    /** Whether these can be the sizes of a segment; what is read from a disk need not be. */
    static boolean arePossible(int segmentBytes, int maxFrameBytes) {
        return isSectors(segmentBytes)
                && isSectors(maxFrameBytes)
                && segmentBytes <= MAX_SEGMENT_BYTES
                && maxFrameBytes <= segmentBytes - SegmentHeader.BYTES;
    }

    private static boolean isSectors(int bytes) {
        return bytes >= Sectors.BYTES && bytes % Sectors.BYTES == 0;
    }

    private static void requireSectors(String name, int bytes) {
        if (!isSectors(bytes)) {
            throw new IllegalArgumentException(name + " is a positive multiple of " + Sectors.BYTES + ", not " + bytes);
        }
    }
}
