package io.muster.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where frames of the log were written, so that damage can be done to those whose loss must be found out. */
final class WrittenFrames {

    /** One write to a segment. */
    record Frame(String path, int offset, int length) {}

    /** Damage to the very last frame looks like a torn write, and a seal is a frame too (docs/architecture.md). */
    private static final int LAST = 3;

    private final List<Frame> frames = new ArrayList<>();
    private final Map<String, Integer> furthestByPath = new HashMap<>();

    void written(String path, long position, int length) {
        if (path.endsWith(".wal") && length > 0 && position > 0) {
            Integer furthest = furthestByPath.put(path, (int) position);
            if (furthest != null && furthest >= position) {
                frames.removeIf(frame -> frame.path().equals(path) && frame.offset() >= position);
            }
            frames.add(new Frame(path, (int) position, length));
        }
    }

    void deleted(String path) {
        frames.removeIf(frame -> frame.path().equals(path));
        furthestByPath.remove(path);
    }

    /** Those that others were written behind. */
    List<Frame> acknowledged() {
        return frames.subList(0, Math.max(0, frames.size() - LAST));
    }
}
