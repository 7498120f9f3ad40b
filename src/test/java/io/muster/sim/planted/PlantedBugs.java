package io.muster.sim.planted;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All bugs that can be planted, by number. */
final class PlantedBugs {

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        return Stream.of(
                        ElectionBugs.all(),
                        LogBugs.all(),
                        ReadBugs.all(),
                        ClientBugs.all(),
                        SnapshotBugs.all(),
                        DiskBugs.all(),
                        AccountBugs.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(PlantedBug::number))
                .toList();
    }

    /** Those for which a seed may be found. */
    static List<PlantedBug> simulated() {
        return all().stream().filter(PlantedBug::simulated).toList();
    }
}
