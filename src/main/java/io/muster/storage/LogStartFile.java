package io.muster.storage;

import io.muster.raft.LogStart;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code log/start}, which a log has once it was cut or reset: the fields of {@link LogStart} and {@link
 * StartPoint} in their order. Replacing it is what cuts the log; segments are only deleted behind it
 * (docs/decisions/0008).
 */
final class LogStartFile {

    static final String PATH = SegmentHeader.DIRECTORY + "/start";

    private static final long MAGIC = 0x4d55535445525354L; // "MUSTERST"
    private static final int BYTES = 5 * Long.BYTES + 2 * Integer.BYTES;

    private final RecordFile file;

    LogStartFile(FailStopDisk disk) {
        this.file = new RecordFile(disk, PATH, MAGIC);
    }

    /** The start that was written last, null when the log was never cut. */
    @Nullable
    StartPoint read() {
        RecordReader body = file.read();
        if (body == null) {
            return null;
        }
        LogStart log = new LogStart(body.number(1), body.number(1), body.number(Long.MIN_VALUE));
        long segment = body.number(LogState.FIRST_SEGMENT);
        int offset = body.number(SegmentHeader.BYTES, LogOptions.MAX_SEGMENT_BYTES);
        StartPoint point = new StartPoint(log, segment, offset, body.number(1), body.bits());
        body.requireEnd();
        return point;
    }

    void write(StartPoint point) {
        LogStart log = point.log();
        ByteBuffer body = ByteBuffer.allocate(BYTES);
        body.putLong(log.index()).putLong(log.term()).putLong(log.timeMillis());
        body.putLong(point.segment()).putInt(point.offset());
        body.putLong(point.firstFrame()).putInt(point.previousChecksum());
        file.write(body.flip());
    }

    void removeLeftover() {
        file.removeLeftover();
    }
}
