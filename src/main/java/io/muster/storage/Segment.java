package io.muster.storage;

import io.muster.raft.Entry;
import io.muster.storage.StorageException.Damaged;
import java.nio.ByteBuffer;
import java.util.List;

/** One file of the log, open. Reads may run beside one writer. */
final class Segment implements AutoCloseable {

    /** Suffix of a segment that is being made. */
    static final String UNFINISHED = ".tmp";

    private static final int ZEROS_BYTES = 1 << 16;

    private final String path;
    private final SegmentHeader header;
    private final FailStopDisk.OpenFile file;
    private int end;

    /** A segment whose frames are not known yet. */
    Segment(SegmentHeader header, FailStopDisk.OpenFile file) {
        this.path = SegmentHeader.path(header.sequence());
        this.header = header;
        this.file = file;
        this.end = SegmentHeader.BYTES;
    }

    /**
     * Makes a segment without frames. It gets its name only when header and zeros are durable, so a file of that name is
     * always whole, and anything less is damage.
     */
    static Segment create(FailStopDisk disk, SegmentHeader header) {
        prepare(disk, header);
        publish(disk, header.sequence());
        return new Segment(header, disk.open(SegmentHeader.path(header.sequence())));
    }

    /** Makes header and zeros durable, under a name that is none of a segment yet. */
    static void prepare(FailStopDisk disk, SegmentHeader header) {
        String temporary = SegmentHeader.path(header.sequence()) + UNFINISHED;
        try (FailStopDisk.OpenFile file = disk.open(temporary)) {
            file.write(header.encode(), 0);
            zero(file, SegmentHeader.BYTES, header.segmentBytes());
            file.sync();
        }
    }

    /** Gives a segment that was prepared its name, durably. */
    static void publish(FailStopDisk disk, long sequence) {
        String path = SegmentHeader.path(sequence);
        disk.rename(path + UNFINISHED, path);
        disk.syncDirectory(SegmentHeader.DIRECTORY);
    }

    private static void zero(FailStopDisk.OpenFile file, int from, int to) {
        for (int at = from; at < to; at += ZEROS_BYTES) {
            file.write(ByteBuffer.allocate(Math.min(ZEROS_BYTES, to - at)), at);
        }
    }

    String path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    /** Offset behind the last frame, where the next one starts. */
    int end() {
        return end;
    }

    boolean fits(int frameLength) {
        return frameLength <= header.maxFrameBytes() && frameLength <= header.segmentBytes() - end;
    }

    /** Makes a frame durable at the end. */
    void append(ByteBuffer frame) {
        int length = frame.remaining();
        file.write(frame, end);
        file.sync();
        advance(length);
    }

    /** Steps over a frame of that length. */
    void advance(int frameLength) {
        end = Sectors.roundUp(end + frameLength);
    }

    /** Makes durable what stands at an offset already. */
    void rewrite(ByteBuffer same, int offset) {
        file.write(same, offset);
        file.sync();
    }

    /** An offset in this segment as a position in the log. */
    long positionOf(int offset) {
        return header.sequence() << Integer.SIZE | offset;
    }

    static long sequenceOf(long position) {
        return position >>> Integer.SIZE;
    }

    static int offsetOf(long position) {
        return (int) position;
    }

    /** All of the file. */
    ByteBuffer content() {
        ByteBuffer content = ByteBuffer.allocate(header.segmentBytes());
        file.read(content, 0);
        return content.flip();
    }

    /** The entries of the frame that was written at {@code offset}. */
    List<Entry> read(int offset) {
        ByteBuffer frame = frameAt(offset);
        return entries(FrameHeader.at(frame, 0), frame, 0, offset);
    }

    /** The header of that frame. */
    FrameHeader headerAt(int offset) {
        return FrameHeader.at(frameAt(offset), 0);
    }

    private ByteBuffer frameAt(int offset) {
        ByteBuffer start = readAt(offset, FrameHeader.BYTES);
        int length =
                start.limit() < FrameHeader.BYTES ? 0 : FrameHeader.at(start, 0).length();
        ByteBuffer frame = readAt(offset, Math.clamp(length, 0, header.maxFrameBytes()));
        if (FrameHeader.intact(frame, 0, header.place(offset)) == null) {
            throw Damaged.at(path, offset, "the frame is no longer what was written");
        }
        return frame;
    }

    private ByteBuffer readAt(int offset, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        file.read(buffer, offset);
        return buffer.flip();
    }

    /** The entries of an intact frame, found at {@code start} of {@code content} and at {@code offset} of the file. */
    List<Entry> entries(FrameHeader frame, ByteBuffer content, int start, int offset) {
        try {
            return EntryCodec.decode(
                    content.slice(start + FrameHeader.BYTES, frame.length() - FrameHeader.BYTES), frame.entryCount());
        } catch (IllegalArgumentException e) {
            throw Damaged.at(path, offset, "the frame is whole but makes no sense: " + e.getMessage());
        }
    }

    /** Makes zeros of the sectors from one offset to another. */
    void clear(int from, int to) {
        zero(file, from, to);
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }
}
