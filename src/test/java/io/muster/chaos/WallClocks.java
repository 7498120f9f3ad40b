package io.muster.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Lets the wall clocks of replicas jump, by libfaketime. Their steady clocks stay true. */
record WallClocks(Path library, Path directory) {

    /** What the process of a replica needs in its environment. Its clock is right at first. */
    Map<String, String> environment(int node) {
        set(node, 0);
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file(node).toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1");
    }

    /** From within a second on, the replica's wall clock is off by so much. */
    void set(int node, int offsetSeconds) {
        try {
            Path next = directory.resolve("clock" + node + ".next");
            Files.write(next, List.of("%+d".formatted(offsetSeconds)));
            Files.move(next, file(node), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(int node) {
        return directory.resolve("clock" + node);
    }
}
