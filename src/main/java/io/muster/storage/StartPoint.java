package io.muster.storage;

import io.muster.raft.LogStart;

/**
 * Where the log begins, and where recovery begins to read it.
 *
 * @param log the entry behind which it starts
 * @param segment sequence number of the first segment that counts; those below are leftovers
 * @param offset of the frame in that segment to read first, the one that holds the first entry; where there is none, the
 *     offset behind the last frame
 * @param firstFrame sequence number of that frame
 * @param previousChecksum checksum of the frame before it, 0 where there was none
 */
record StartPoint(LogStart log, long segment, int offset, long firstFrame, int previousChecksum) {

    /** Of a log that was never cut. */
    static final StartPoint FIRST = new StartPoint(LogStart.ZERO, LogState.FIRST_SEGMENT, SegmentHeader.BYTES, 1, 0);

    /** What frames must continue. Nothing before needs a seal: it is no longer needed. */
    FrameChain chain() {
        return new FrameChain(firstFrame, previousChecksum, true);
    }
}
