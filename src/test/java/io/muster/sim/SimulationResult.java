package io.muster.sim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one seed.
 *
 * @param nanos virtual time that passed
 * @param fingerprint hash of all that happened
 * @param cuts how often a log was cut
 * @param installs how often a snapshot took the place of log and state
 * @param recoveredNanos from the end of all faults to the first write that succeeded, -1 where none did
 * @param failure null where everything held
 */
record SimulationResult(
        long nanos,
        long events,
        long fingerprint,
        Map<Fault, Integer> faults,
        long starts,
        long cuts,
        long installs,
        long elections,
        long commits,
        long operations,
        long recoveredNanos,
        @Nullable SimulationFailure failure) {}
