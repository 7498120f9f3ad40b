package io.muster.users.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mutant.Change;
import io.muster.mutant.ChangedClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica crashes before and in the middle of every file operation of receiving and installing a snapshot. What RocksDB does
 * to its own files is RocksDB's; what is enumerated is what this package does to them.
 */
class SnapshotCrashTest {

    private static final String DIRECTORIES = "users/store/Directories.java";
    private static final String SINK = "users/store/RocksSnapshotSink.java";
    private static final String INCOMING = "users/store/IncomingSnapshot.java";

    private static final List<Change> CRASH_POINTS = List.of(
            Change.of(DIRECTORIES, "            return work.run();", """
                        CrashPoints.before(operation, path);
                        return work.run();
            """),
            Change.of(DIRECTORIES, "Files.createDirectories(directory);", """
                        Files.createDirectories(CrashPoints.creates(directory));
                        CrashPoints.pass("before the mode of " + directory);
            """),
            Change.of(DIRECTORIES, "return run(\"open\", file, () -> {", """
                        return run("open", file, () -> {
                            boolean isNew = !exists(file);
            """),
            Change.of(
                    DIRECTORIES,
                    "return channel.position(channel.size());",
                    "return CrashPoints.opened(file, isNew, channel.position(channel.size()));"),
            Change.of(
                    DIRECTORIES,
                    "() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE)",
                    "() -> CrashPoints.moved(from, to, Files.move(from, to, StandardCopyOption.ATOMIC_MOVE))"),
            Change.of(DIRECTORIES, "                channel.force(true);", """
                            channel.force(true);
                            CrashPoints.synced(path);
            """),
            Change.of(DIRECTORIES, "                    Files.delete(path);", """
                                CrashPoints.deletes(path);
                                Files.delete(path);
            """),
            Change.of(SINK, "            file.write(part);", "            CrashPoints.write(file, part);"),
            Change.of(SINK, "        file.force(true);", "        CrashPoints.force(file);"),
            Change.of(
                    INCOMING,
                    "            file.write(idOf(snapshot, bytes));",
                    "            CrashPoints.write(file, idOf(snapshot, bytes));"),
            Change.of(INCOMING, "            file.force(true);", "            CrashPoints.force(file);"));

    @TempDir
    Path temporary;

    @Test
    void startsAfterACrashAtAnyPoint() {
        ToIntFunction<?> crashes =
                ChangedClasses.of(CRASH_POINTS).make(SnapshotCrashes.class.getName(), ToIntFunction.class);

        assertThat(points(crashes)).isGreaterThan(50);
    }

    @SuppressWarnings("unchecked")
    private int points(ToIntFunction<?> crashes) {
        return ((ToIntFunction<Path>) crashes).applyAsInt(temporary);
    }
}
