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

    private static final int WORDS = 3;

    /** A seed, and the invariant that fails first with it. */
    record Catch(long seed, String invariant) {}

    private final Map<Integer, Catch> seeds = new TreeMap<>();

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
        String[] words = line.split(" ", WORDS);
        Catch before = seeds.put(Integer.valueOf(words[0]), new Catch(Long.parseLong(words[1]), words[2]));
        if (before != null) {
            throw new IllegalStateException("two seeds for bug " + words[0]);
        }
    }

    /** The seed that catches a bug that is simulated; null where none is known. */
    @Nullable
    Catch of(PlantedBug bug) {
        return bug.simulated() ? seeds.get(bug.number()) : null;
    }
}
