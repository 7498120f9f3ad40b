package io.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void followsFromTheSeed() {
        Schedule schedule = Schedule.of(3, HOUR, FaultKind.all());

        assertThat(schedule).isEqualTo(Schedule.of(3, HOUR, FaultKind.all()));
        assertThat(schedule).isNotEqualTo(Schedule.of(4, HOUR, FaultKind.all()));
    }

    @Test
    void givesEachKindItsShare() {
        Map<FaultKind, Integer> counts = Schedule.of(1, HOUR, FaultKind.all()).counts();

        assertThat(counts.keySet()).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(counts.values()).allMatch(count -> count >= 10);
    }

    @Test
    void plansOnlyTheKindsThatItMay() {
        List<FaultKind> kinds = List.of(FaultKind.PAUSE, FaultKind.DISK_FULL);

        assertThat(Schedule.of(1, HOUR, kinds).counts().keySet()).containsExactlyInAnyOrderElementsOf(kinds);
        assertThat(Schedule.of(1, HOUR, List.of()).steps()).isEmpty();
    }

    @Test
    void pairsFaultsOfAReplicaWithFaultsOfTheNetworkSometimes() {
        List<Step> pairs = Schedule.of(1, HOUR, FaultKind.all()).steps().stream()
                .filter(step -> step.faults().size() == 2)
                .toList();

        assertThat(pairs)
                .hasSizeGreaterThan(10)
                .allMatch(pair -> pair.faults().getFirst().kind().canBePaired())
                .allMatch(pair -> pair.faults().getLast().kind().hitsNetwork());
    }

    @Test
    void hitsTheLeaderAndEveryReplica() {
        List<Integer> targets = Schedule.of(1, HOUR, List.of(FaultKind.KILL)).steps().stream()
                .map(step -> step.faults().getFirst().target())
                .distinct()
                .toList();

        assertThat(targets).containsExactlyInAnyOrder(PlannedFault.LEADER, 1, 2, 3);
    }
}
