package io.muster.storage;

import java.util.List;
import java.util.regex.Pattern;

/** The files in {@code log/}, by their names. */
final class LogFiles {

    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{16}" + Pattern.quote(SegmentHeader.SUFFIX));

    private final FailStopDisk disk;

    LogFiles(FailStopDisk disk) {
        this.disk = disk;
    }

    /** Names of the segments, sorted, leftovers of a cut among them. */
    List<String> segments() {
        return disk.list(SegmentHeader.DIRECTORY).stream()
                .filter(name -> name.endsWith(SegmentHeader.SUFFIX))
                .toList();
    }

    /** Whether it is a segment that a log which starts at {@code first} no longer needs. */
    static boolean isBefore(String name, long first) {
        return SEGMENT.matcher(name).matches() && SegmentHeader.path(first).compareTo(path(name)) > 0;
    }

    /**
     * Brings the segments that were being made to an end: one with which a reset log begins gets its name, since the reset
     * was committed; all others are removed.
     */
    void settleUnfinished(StartPoint point) {
        String first = SegmentHeader.path(point.segment());
        String unfinished = first + Segment.UNFINISHED;
        if (!disk.exists(first) && disk.exists(unfinished) && !point.equals(StartPoint.FIRST)) {
            // The commit first: a segment that continues nothing would be damage without it.
            disk.syncDirectory(SegmentHeader.DIRECTORY);
            Segment.publish(disk, point.segment());
        }
        for (String name : disk.list(SegmentHeader.DIRECTORY)) {
            if (name.endsWith(SegmentHeader.SUFFIX + Segment.UNFINISHED)) {
                disk.delete(path(name));
            }
        }
    }

    /** Removes what is no longer needed of segments before {@code first}, once the start of the log there is durable. */
    void removeBefore(long first) {
        for (String name : disk.list(SegmentHeader.DIRECTORY)) {
            String segment =
                    name.endsWith(TornTail.ASIDE) ? name.substring(0, name.length() - TornTail.ASIDE.length()) : name;
            if (isBefore(segment, first)) {
                disk.delete(path(name));
            }
        }
    }

    private static String path(String name) {
        return SegmentHeader.DIRECTORY + "/" + name;
    }
}
