package io.muster.sim.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mutant.ChangedClasses;
import io.muster.sim.SeedRun;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forty bugs that real implementations had, and five of accounts: each is caught here by a seed, by a named test, or by both. */
class PlantedBugsTest {

    private static final int BUGS = 45;
    private static final CatchingSeeds SEEDS = new CatchingSeeds();

    static Stream<Arguments> seeds() {
        return PlantedBugs.simulated().stream()
                .filter(bug -> SEEDS.of(bug) != null)
                .map(bug -> Arguments.of(bug, SEEDS.of(bug)));
    }

    static Stream<Arguments> tests() {
        return PlantedBugs.all().stream().filter(bug -> bug.test() != null).map(bug -> Arguments.of(bug, bug.test()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isCaughtByItsSeed(PlantedBug bug, CatchingSeeds.Catch found) {
        assertThat(new SeedRun().apply(found.seed())).as("without the bug").isEqualTo(SeedRun.HELD);
        assertThat(SeedRun.invariant(bug.simulator().apply(found.seed())))
                .as("with the bug")
                .isEqualTo(found.invariant());
    }

    @ParameterizedTest
    @MethodSource("tests")
    void isCaughtByItsTest(PlantedBug bug, String name) {
        NamedTest test = new NamedTest(name);

        assertThat(test.failures(ChangedClasses.of(List.of())))
                .as("without the bug")
                .isZero();
        assertThat(test.failures(bug.plant())).as("with the bug").isPositive();
    }

    @Test
    void allAreCaught() {
        List<Integer> caught = PlantedBugs.all().stream()
                .filter(bug -> bug.test() != null || SEEDS.of(bug) != null)
                .map(PlantedBug::number)
                .distinct()
                .toList();

        assertThat(caught).isEqualTo(IntStream.rangeClosed(1, BUGS).boxed().toList());
        assertThat(PlantedBugs.simulated().stream().collect(Collectors.groupingBy(PlantedBug::number)))
                .as("one way to simulate each, since seeds are kept by number")
                .allSatisfy((number, ways) -> assertThat(ways).hasSize(1));
    }
}
