package io.muster.storage;

import io.muster.raft.LogStart;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a log starts with.
 *
 * @param segments by sequence number, at least one; the last is the one to write to
 * @param index the live entries
 * @param chain where the frames end
 */
record LogState(ConcurrentNavigableMap<Long, Segment> segments, LogIndex index, FrameChain chain) {

    /** Sequence number of a new log's first segment. */
    static final long FIRST_SEGMENT = 1;

    /** Makes a log without entries on the disk. */
    static LogState create(FailStopDisk disk, LogOptions options, long salt) {
        SegmentHeader header =
                SegmentHeader.following(FIRST_SEGMENT - 1, options, salt, LogStart.ZERO.index() + 1, FrameChain.START);
        ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
        segments.put(FIRST_SEGMENT, Segment.create(disk, header));
        return new LogState(segments, new LogIndex(LogStart.ZERO), FrameChain.START);
    }
}
