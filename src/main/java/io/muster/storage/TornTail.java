package io.muster.storage;

import io.muster.storage.StorageException.Damaged;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The remains, behind the last whole frame, of a write that a crash kept from its sync: any of its sectors, in no order.
 *
 * @param from offset where the write began
 * @param to offset behind its last sector that is not zero
 */
record TornTail(int from, int to) {

    /** Suffix of the file that keeps one, behind the name of its segment. */
    static final String ASIDE = ".torn";

    /**
     * What stands behind the last whole frame of a segment; null when nothing does.
     *
     * @throws Damaged when it cannot be one unsynced write: since one frame at most is in flight, a frame or segment behind
     *     it proves that it was synced, and acknowledged
     */
    static @Nullable TornTail find(Segment segment, ByteBuffer content, FrameChain chain, boolean lastSegment) {
        int from = segment.end();
        int to = endOfContent(content, from);
        if (to == from) {
            return null;
        }
        if (!lastSegment) {
            throw Damaged.at(segment.path(), from, "a later segment stands behind a frame that is not whole");
        }
        for (int offset = from; offset < to; offset += Sectors.BYTES) {
            FrameHeader later = FrameHeader.at(content, offset);
            if (later.place() == segment.header().place(offset) && follows(later, content, offset, from, chain)) {
                throw Damaged.at(
                        segment.path(),
                        from,
                        "frame " + chain.nextSequence() + " is not whole, and frame " + later.sequence()
                                + " stands behind it at offset " + offset);
            }
        }
        if (to - from > segment.header().maxFrameBytes()) {
            throw Damaged.at(segment.path(), from, "what follows is not zeros, and longer than one frame");
        }
        return new TornTail(from, to);
    }

    /**
     * Whether a header proves that a frame was written there, behind the one that is due. Its place and number say so, which
     * nothing else writes: damage to the rest of it changes nothing.
     */
    private static boolean follows(FrameHeader later, ByteBuffer content, int offset, int from, FrameChain chain) {
        return offset > from
                ? later.sequence() > chain.nextSequence()
                : later.sequence() >= chain.nextSequence()
                        && FrameHeader.intact(content, offset, later.place()) != null;
    }

    private static int endOfContent(ByteBuffer content, int from) {
        int end = content.limit();
        while (end > from && content.get(end - 1) == 0) {
            end--;
        }
        return Sectors.roundUp(end);
    }

    /** Keeps the remains aside, in a file named after the segment, and makes them zeros again. */
    void cut(FailStopDisk disk, Segment segment, ByteBuffer content) {
        String aside = segment.path() + ASIDE;
        if (disk.exists(aside)) {
            disk.delete(aside);
        }
        try (FailStopDisk.OpenFile file = disk.open(aside)) {
            file.write(content.slice(from, to - from), 0);
            file.sync();
        }
        disk.syncDirectory(SegmentHeader.DIRECTORY);
        segment.clear(from, to);
    }
}
