package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs of storage: numbers 37 to 40. */
final class DiskBugs {

    private static final String TORN = "storage/TornTail.java";

    private DiskBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                        37,
                        "a sync that fails is tried once more",
                        Change.of(
                                "storage/FailStopDisk.java",
                                "change(\"sync\", path, file::sync);",
                                "try { file.sync(); } catch (IOException first) {"
                                        + " try { file.sync(); } catch (IOException second) { } }")),
                PlantedBug.of(
                        38,
                        "the directory is not synced behind a rename",
                        Change.of("storage/RecordFile.java", "disk.syncDirectory(directory);", "")),
                PlantedBug.of(
                        39,
                        "damage in the middle of the log is cut like an unsynced tail",
                        Change.of(TORN, "if (!lastSegment) {", "if (!lastSegment && to < 0) {"),
                        Change.of(
                                TORN,
                                "if (later.place() == segment.header().place(offset) && follows(later, content, offset, from, chain)) {",
                                "if (later.place() == segment.header().place(offset) && to < 0) {"),
                        Change.of(TORN, "if (to - from > segment.header().maxFrameBytes()) {", "if (to < 0) {")),
                PlantedBug.of(
                                40,
                                "an interrupted reader closes the file for all others",
                                Change.of("storage/ChannelFile.java", "if (!reader.isOpen()) {", "if (closed) {"),
                                Change.of("storage/ChannelFile.java", "if (isClosed()) {", "if (!reader.isOpen()) {"))
                        .caughtByTestOnly("storage.FileDiskTest#outlivesAnInterruptedReader"));
    }
}
