package io.muster.sim.planted;

import io.muster.mutant.Change;
import io.muster.mutant.ChangedClasses;
import io.muster.sim.SeedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bug, and how it is planted.
 *
 * @param number its number in docs/testing.md; a bug may be planted in several ways
 * @param what what is wrong then
 * @param changes all that is replaced
 * @param simulated whether the simulator runs what it is planted in, and could see what comes of it
 * @param test the class and method that catch it, as in {@code raft.QuorumTest#finds}; null where none is named
 */
record PlantedBug(
        int number,
        String what,
        List<Change> changes,
        boolean simulated,
        @Nullable String test) {

    static PlantedBug of(int number, String what, Change... changes) {
        return new PlantedBug(number, what, List.of(changes), true, null);
    }

    /** The same bug, for which a test is named, whether or not a seed is known. */
    PlantedBug alsoCaughtBy(String named) {
        return new PlantedBug(number, what, changes, true, named);
    }

    /** The same bug, which only a test can catch. */
    PlantedBug caughtByTestOnly(String named) {
        return new PlantedBug(number, what, changes, false, named);
    }

    /**
     * All classes, with this bug in them.
     *
     * @throws IllegalStateException where a text that is to be replaced is not there, or the changed code does not compile
     */
    ChangedClasses plant() {
        return ChangedClasses.of(changes);
    }

    /** What {@link SeedRun} is, with this bug in the code. */
    LongFunction<String> simulator() {
        @SuppressWarnings("unchecked")
        LongFunction<String> simulator = plant().make(SeedRun.class.getName(), LongFunction.class);
        return simulator;
    }

    /** The files it is planted in, without their paths. */
    List<String> files() {
        List<String> files = new ArrayList<>();
        for (Change change : changes) {
            String file = change.source().substring(change.source().lastIndexOf('/') + 1);
            if (!files.contains(file)) {
                files.add(file);
            }
        }
        return files;
    }

    @Override
    public String toString() {
        return number + ": " + what;
    }
}
