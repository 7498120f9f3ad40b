package io.muster.raft;

import static io.muster.raft.Fixtures.FIVE;
import static io.muster.raft.Fixtures.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Loss, doubling, reordering, delay, crashes, slow disks: every invariant holds after each step, and all recovers. */
class RandomScheduleTest {

    private static final int SEEDS = 200;

    @Test
    void threeReplicasStaySafeAndRecover() {
        runSeeds(THREE);
    }

    @Test
    void fiveReplicasStaySafeAndRecover() {
        runSeeds(FIVE);
    }

    private static void runSeeds(Set<NodeId> members) {
        long committed = 0;
        long readsConfirmed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Cluster cluster = run(seed, members);
            committed += cluster.committed().size();
            readsConfirmed += cluster.reads().confirmed().size();
        }
        assertThat(committed)
                .as("entries committed, so that something was tested")
                .isGreaterThan(10 * SEEDS);
        assertThat(readsConfirmed).as("reads confirmed").isGreaterThan(SEEDS);
    }

    private static Cluster run(long seed, Set<NodeId> members) {
        try {
            return new RandomSchedule(seed, members).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + " with " + members.size() + " replicas", e);
        }
    }
}
