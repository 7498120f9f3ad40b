package io.muster.storage;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.TermStart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * The log as segments of frames. A frame is never changed once it is written, also not when its entries are superseded
 * (docs/decisions/0001): so readers need no lock beyond the one of the index, and one against the closing of segments.
 */
final class SegmentedLog implements DurableLog, AutoCloseable {

    private final FailStopDisk disk;
    private final LogOptions options;
    private final LongSupplier salts;
    private final ConcurrentNavigableMap<Long, Segment> segments;
    private final LogIndex index;
    private final LogStartFile startFile;
    private final LogFiles files;
    /** Held to read, so that a segment is not closed under a reader. */
    private final ReadWriteLock open = new ReentrantReadWriteLock();

    private FrameChain chain;
    private Segment active;

    SegmentedLog(FailStopDisk disk, LogOptions options, LongSupplier salts, LogState state) {
        this.disk = disk;
        this.options = options;
        this.salts = salts;
        this.segments = state.segments();
        this.index = state.index();
        this.chain = state.chain();
        this.startFile = new LogStartFile(disk);
        this.files = new LogFiles(disk);
        this.active = segments.lastEntry().getValue();
    }

    @Override
    public LogStart start() {
        return index.start();
    }

    @Override
    public long firstIndex() {
        return index.firstIndex();
    }

    @Override
    public long lastIndex() {
        return index.lastIndex();
    }

    /** Term of the last entry, or of {@link #start} when there is none. */
    long lastTerm() {
        return index.lastTerm();
    }

    @Override
    public long bytes() {
        return segments.values().stream()
                .mapToLong(segment -> segment.header().segmentBytes())
                .sum();
    }

    @Override
    public long indexBehind(long bytes) {
        long kept = 0;
        for (Segment segment : segments.descendingMap().values()) {
            kept += segment.header().segmentBytes();
            if (kept >= bytes) {
                return Math.max(start().index(), segment.header().firstIndex() - 1);
            }
        }
        return start().index();
    }

    @Override
    public List<TermStart> termStarts() {
        return index.termStarts();
    }

    @Override
    public void append(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        String objection = index.objection(entries);
        if (objection != null) {
            throw new IllegalArgumentException(objection);
        }
        for (List<Entry> part : FrameSplit.split(entries, options.maxFrameBytes())) {
            long position = write(FrameHeader.DATA, part);
            index.put(part, position);
        }
    }

    @Override
    public void seal() {
        if (!chain.sealed()) {
            write(FrameHeader.SEAL, List.of());
        }
    }

    private long write(int kind, List<Entry> entries) {
        int length = FrameSplit.length(entries);
        if (!active.fits(length)) {
            roll();
        }
        int offset = active.end();
        ByteBuffer frame = ByteBuffer.allocate(length).position(FrameHeader.BYTES);
        entries.forEach(entry -> EntryCodec.encode(entry, frame));
        long place = active.header().place(offset);
        FrameHeader header = FrameHeader.complete(frame.flip(), place, chain, kind, entries.size());
        active.append(frame);
        chain = chain.after(header);
        return active.positionOf(offset);
    }

    private void roll() {
        SegmentHeader header = SegmentHeader.following(
                active.header().sequence(), options, salts.getAsLong(), index.lastIndex() + 1, chain);
        active = Segment.create(disk, header);
        segments.put(header.sequence(), active);
    }

    @Override
    public List<Entry> read(long from, long to, int maxBytes) {
        open.readLock().lock();
        try {
            return readOpen(from, to, maxBytes);
        } finally {
            open.readLock().unlock();
        }
    }

    private List<Entry> readOpen(long from, long to, int maxBytes) {
        long[] positions = index.positions(from, to, 1 + maxBytes / Entry.OVERHEAD_BYTES);
        List<Entry> batch = new ArrayList<>();
        long bytes = 0;
        int next = 0;
        while (next < positions.length) {
            long position = positions[next];
            for (Entry entry : entriesAt(position, from + next)) {
                if (next == positions.length || positions[next] != position) {
                    break;
                }
                bytes += entry.size();
                if (bytes > maxBytes && !batch.isEmpty()) {
                    return batch;
                }
                batch.add(entry);
                next++;
            }
        }
        return batch;
    }

    private List<Entry> entriesAt(long position, long from) {
        Segment segment = Objects.requireNonNull(segments.get(Segment.sequenceOf(position)));
        List<Entry> frame = segment.read(Segment.offsetOf(position));
        return frame.subList((int) (from - frame.getFirst().index()), frame.size());
    }

    @Override
    public void cut(long at) {
        if (at > lastIndex()) {
            throw new IllegalArgumentException("entry " + at + " is above " + lastIndex() + ", the last one");
        }
        if (at < firstIndex()) {
            return;
        }
        Entry last = read(at, at, 1).getFirst();
        StartPoint point = pointBehind(new LogStart(at, last.term(), last.timeMillis()));
        startFile.write(point);
        index.cut(point.log());
        removeBefore(point.segment());
    }

    private StartPoint pointBehind(LogStart start) {
        long next = start.index() + 1;
        if (next > lastIndex()) {
            return new StartPoint(
                    start, active.header().sequence(), active.end(), chain.nextSequence(), chain.lastChecksum());
        }
        long position = index.positions(next, next, 1)[0];
        long sequence = Segment.sequenceOf(position);
        int offset = Segment.offsetOf(position);
        FrameHeader frame = Objects.requireNonNull(segments.get(sequence)).headerAt(offset);
        return new StartPoint(start, sequence, offset, frame.sequence(), frame.previousChecksum());
    }

    @Override
    public void reset(LogStart next) {
        if (next.index() < start().index() || next.equals(LogStart.ZERO)) {
            throw new IllegalArgumentException("a log that starts at " + start() + " cannot go back to " + next);
        }
        SegmentHeader header = SegmentHeader.following(
                active.header().sequence(), options, salts.getAsLong(), next.index() + 1, chain);
        Segment.prepare(disk, header);
        disk.syncDirectory(SegmentHeader.DIRECTORY);
        startFile.write(new StartPoint(
                next, header.sequence(), SegmentHeader.BYTES, header.firstFrame(), header.previousChecksum()));
        Segment.publish(disk, header.sequence());
        active = new Segment(header, disk.open(SegmentHeader.path(header.sequence())));
        segments.put(header.sequence(), active);
        index.reset(next);
        removeBefore(header.sequence());
    }

    private void removeBefore(long first) {
        open.writeLock().lock();
        try {
            Map<Long, Segment> unneeded = segments.headMap(first);
            unneeded.values().forEach(Segment::close);
            unneeded.clear();
        } finally {
            open.writeLock().unlock();
        }
        files.removeBefore(first);
    }

    @Override
    public void close() {
        segments.values().forEach(Segment::close);
    }
}
