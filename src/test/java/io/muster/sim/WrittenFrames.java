package io.muster.sim;

import java.util.ArrayList;
import java.util.List;

/** Where frames of the log were written, so that damage can be done to those whose loss must be found out. */
final class WrittenFrames {

    /** One write to a segment. */
    record Frame(String path, int offset, int length) {}

    /** Damage to the very last frame looks like a torn write, and a seal is a frame too (docs/architecture.md). */
    private static final int LAST = 3;

    private final List<Frame> frames = new ArrayList<>();

    void written(String path, long position, int length) {
        if (path.endsWith(".wal") && length > 0 && position > 0) {
            frames.removeIf(frame -> frame.path().equals(path) && frame.offset() >= position);
            frames.add(new Frame(path, (int) position, length));
        }
    }

    void deleted(String path) {
        frames.removeIf(frame -> frame.path().equals(path));
    }

    /** Those that others were written behind. */
    List<Frame> acknowledged() {
        return frames.subList(0, Math.max(0, frames.size() - LAST));
    }
}
