package io.muster.storage;

import io.muster.raft.Entry;
import io.muster.storage.StorageException.Damaged;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of an earlier run, frame by frame in the order of writing, and tells an unsynced tail, which it cuts,
 * from damage, which it refuses. It changes nothing before all of the log has been found sound.
 */
final class LogRecovery {

    private final FailStopDisk disk;
    private final StartPoint start;
    private final LogIndex index;
    private final ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private FrameChain chain;

    /** Of the segment read last: its content, the offset of its last frame or else of its end, and its torn tail. */
    private ByteBuffer content = ByteBuffer.allocate(0);

    private int lastFrame;
    private @Nullable TornTail torn;

    private LogRecovery(FailStopDisk disk, StartPoint start) {
        this.disk = disk;
        this.start = start;
        this.index = new LogIndex(start.log());
        this.chain = start.chain();
    }

    /**
     * The log of an earlier run.
     *
     * @param names its segment files, sorted
     * @param start where it starts; segments before are leftovers, which are removed
     * @param appliedIndex what the user state has applied: the log must reach it, and not start behind it
     */
    static LogState recover(FailStopDisk disk, List<String> names, StartPoint start, long appliedIndex) {
        LogRecovery recovery = new LogRecovery(disk, start);
        try {
            recovery.replay(names.stream()
                    .filter(name -> !LogFiles.isBefore(name, start.segment()))
                    .toList());
            recovery.requireReaches(appliedIndex);
            recovery.settle();
        } catch (StorageException e) {
            recovery.segments.values().forEach(Segment::close);
            throw e;
        }
        return new LogState(recovery.segments, recovery.index, recovery.chain);
    }

    private void replay(List<String> names) {
        if (names.isEmpty()) {
            throw Damaged.at(SegmentHeader.path(start.segment()), 0, "this segment is missing, the last of the log");
        }
        long sequence = start.segment();
        for (String name : names) {
            String path = SegmentHeader.path(sequence);
            if (!path.endsWith("/" + name)) {
                throw Damaged.at(path, 0, "this segment is missing, and " + name + " stands behind it");
            }
            boolean last = sequence == start.segment() + names.size() - 1;
            replay(open(path, sequence), last);
            sequence++;
        }
    }

    private Segment open(String path, long sequence) {
        Segment segment = new Segment(soundHeader(path, sequence), disk.open(path));
        segments.put(sequence, segment);
        return segment;
    }

    private SegmentHeader soundHeader(String path, long sequence) {
        try (FailStopDisk.OpenFile file = disk.open(path)) {
            ByteBuffer sector = ByteBuffer.allocate(SegmentHeader.BYTES);
            file.read(sector, 0);
            SegmentHeader header = SegmentHeader.decode(path, sector.flip());
            if (header.sequence() != sequence) {
                throw Damaged.at(path, 0, "it is segment " + header.sequence() + " under another name");
            }
            if (file.size() != header.segmentBytes()) {
                long offset = Math.min(file.size(), header.segmentBytes());
                throw Damaged.at(path, offset, "the size of the file has changed");
            }
            return header;
        }
    }

    private void replay(Segment segment, boolean last) {
        content = segment.content();
        if (segment.header().sequence() == start.segment()) {
            begin(segment);
        } else {
            requireContinues(segment.header());
        }
        lastFrame = segment.end();
        for (FrameHeader frame = next(segment); frame != null; frame = next(segment)) {
            lastFrame = segment.end();
            take(frame, segment);
        }
        torn = TornTail.find(segment, content, chain, last);
    }

    /** Steps over what the log no longer needs. Unlike its frames, the segment may have begun with an older entry. */
    private void begin(Segment segment) {
        SegmentHeader header = segment.header();
        int offset = start.offset();
        boolean fits = offset <= header.segmentBytes() && offset % Sectors.BYTES == 0;
        FrameHeader frame = fits ? FrameHeader.intact(content, offset, header.place(offset)) : null;
        boolean continues = (frame == null || chain.continuesWith(frame))
                && (offset != SegmentHeader.BYTES || header.continues(chain));
        if (!fits || !continues) {
            throw Damaged.at(
                    segment.path(), 0, "the log does not start in this segment as " + LogStartFile.PATH + " has it");
        }
        segment.advance(offset - SegmentHeader.BYTES);
    }

    private void requireContinues(SegmentHeader header) {
        if (!header.continues(index.lastIndex(), chain)) {
            Segment before = segments.getOrDefault(
                    header.sequence() - 1, segments.firstEntry().getValue());
            throw Damaged.at(before.path(), before.end(), "frames are missing that the next segment continues");
        }
    }

    private @Nullable FrameHeader next(Segment segment) {
        int offset = segment.end();
        FrameHeader frame = FrameHeader.intact(content, offset, segment.header().place(offset));
        return frame != null && chain.continuesWith(frame) ? frame : null;
    }

    private void take(FrameHeader frame, Segment segment) {
        String objection = frame.objection(segment.header().maxFrameBytes());
        if (objection != null) {
            throw Damaged.at(segment.path(), segment.end(), objection);
        }
        if (frame.kind() == FrameHeader.DATA) {
            takeEntries(frame, segment);
        }
        chain = chain.after(frame);
        segment.advance(frame.length());
    }

    private void takeEntries(FrameHeader frame, Segment segment) {
        int offset = segment.end();
        List<Entry> entries = segment.entries(frame, content, offset, offset);
        if (frame.sequence() == start.firstFrame()) {
            entries = behindStart(entries);
        }
        String objection = entries.isEmpty() ? "it has no entries" : index.objection(entries);
        if (objection != null) {
            throw Damaged.at(segment.path(), offset, "the frame does not continue the log: " + objection);
        }
        index.put(entries, segment.positionOf(offset));
    }

    private List<Entry> behindStart(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.index() > start.log().index())
                .toList();
    }

    private void requireReaches(long appliedIndex) {
        if (appliedIndex < start.log().index()) {
            throw Damaged.at(
                    LogStartFile.PATH,
                    0,
                    "the log starts behind entry " + start.log().index() + ", and no later one than " + appliedIndex
                            + " has been applied");
        }
        if (index.lastIndex() < appliedIndex) {
            Segment last = segments.lastEntry().getValue();
            throw Damaged.at(
                    last.path(),
                    last.end(),
                    "the log ends at entry " + index.lastIndex() + ", and entry " + appliedIndex + " has been applied");
        }
    }

    /**
     * Cuts the torn tail, and makes durable what was found. The earlier run may have died between write and sync, or of a
     * failed sync after which the kernel takes the last frame for clean: so the frame is written once more, the same
     * bytes to the same sectors.
     */
    private void settle() {
        disk.syncDirectory(SegmentHeader.DIRECTORY);
        Segment last = segments.lastEntry().getValue();
        if (torn != null) {
            torn.cut(disk, last, content);
        }
        last.rewrite(content.slice(lastFrame, last.end() - lastFrame), lastFrame);
        new LogFiles(disk).removeBefore(start.segment());
    }
}
