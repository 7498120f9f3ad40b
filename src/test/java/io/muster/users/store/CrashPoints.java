package io.muster.users.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a life of a state may end: what {@link SnapshotCrashTest} puts before and in the middle of every file operation of this
 * package. Does nothing until it is armed. For one thread.
 */
final class CrashPoints {

    /** The process is dead from here on. */
    @SuppressWarnings("serial")
    static final class Crash extends Error {
        Crash(String where) {
            super(where);
        }
    }

    private static final Set<String> READING = Set.of("read", "list");
    private static final Map<FileChannel, Path> OPENED = new HashMap<>();

    private static @Nullable Runnable atCrash;
    private static UnsyncedChanges unsynced = new UnsyncedChanges();
    private static int stopAt;
    private static @Nullable String crashedAt;
    private static final List<String> PASSED = new ArrayList<>();

    private CrashPoints() {}

    /**
     * @param earlier what was not synced before this
     * @param action done at the crash, before anything is unwound
     */
    static void arm(int crashPoint, UnsyncedChanges earlier, Runnable action) {
        stopAt = crashPoint;
        atCrash = action;
        crashedAt = null;
        unsynced = earlier;
        OPENED.clear();
        PASSED.clear();
    }

    /** From now on, everything goes through. */
    static void disarm() {
        atCrash = null;
    }

    /** Where it crashed; null where the life came to its end before. */
    static @Nullable String crashedAt() {
        return crashedAt;
    }

    /** What a power loss now could take back. */
    static UnsyncedChanges unsynced() {
        return unsynced;
    }

    /** What is behind an operation is before the next one. */
    static void before(String operation, Path path) {
        if (!READING.contains(operation)) {
            pass("before: " + operation + " " + path);
        }
    }

    static void pass(String where) {
        if (atCrash == null) {
            return;
        }
        if (crashedAt == null && PASSED.size() == stopAt) {
            crashedAt = where;
            atCrash.run();
        }
        if (crashedAt != null) {
            throw new Crash(crashedAt);
        }
        PASSED.add(where);
    }

    static Path creates(Path directory) {
        if (atCrash != null && !Files.exists(directory)) {
            unsynced.created(directory);
        }
        return directory;
    }

    static FileChannel opened(Path file, boolean isNew, FileChannel channel) {
        if (atCrash != null) {
            OPENED.put(channel, file);
            if (isNew) {
                unsynced.created(file);
            }
        }
        return channel;
    }

    static void write(FileChannel file, ByteBuffer content) throws IOException {
        Path path = OPENED.get(file);
        if (atCrash == null || path == null) {
            file.write(content);
            return;
        }
        unsynced.written(path, file.size());
        pass("before the write to " + path);
        int half = content.remaining() / 2;
        file.write(content.slice(content.position(), half));
        content.position(content.position() + half);
        pass("in the write to " + path);
        file.write(content);
    }

    static void force(FileChannel file) throws IOException {
        Path path = OPENED.get(file);
        pass("before the sync of " + path);
        file.force(true);
        if (path != null) {
            unsynced.synced(path);
        }
    }

    static void synced(Path path) {
        if (atCrash != null) {
            unsynced.synced(path);
        }
    }

    static Path moved(Path from, Path to, Path result) {
        if (atCrash != null) {
            unsynced.moved(from, to);
        }
        return result;
    }

    static void deletes(Path path) {
        pass("before the deletion of " + path);
        if (atCrash != null) {
            unsynced.deletes(path);
        }
    }
}
