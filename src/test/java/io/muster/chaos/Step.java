package io.muster.chaos;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What happens at one time.
 *
 * @param faults one, or two that begin together
 * @param calmMillis from when all replicas are ready again to the next step
 */
record Step(List<PlannedFault> faults, int calmMillis) {

    Step {
        faults = List.copyOf(faults);
    }

    /** How long the faults last. */
    int holdMillis() {
        return faults.stream().mapToInt(PlannedFault::holdMillis).max().orElse(0);
    }

    @Override
    public String toString() {
        return faults.stream().map(PlannedFault::toString).collect(Collectors.joining(", with "));
    }
}
