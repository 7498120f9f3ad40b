package io.muster.sim.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The seeds that catch planted bugs, as {@link HuntPlantedBugs} found and printed them. */
final class CatchingSeeds {

    private final Map<Integer, Long> seeds = new TreeMap<>();

    CatchingSeeds() {
        try (InputStream file = CatchingSeeds.class.getResourceAsStream("seeds.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String[] words = line.split(" ", -1);
        Long before = seeds.put(Integer.valueOf(words[0]), Long.valueOf(words[1]));
        if (before != null) {
            throw new IllegalStateException("two seeds for bug " + words[0]);
        }
    }

    /** The seed that catches a bug that is simulated; null where none is known. */
    @Nullable
    Long of(PlantedBug bug) {
        return bug.simulated() ? seeds.get(bug.number()) : null;
    }
}
