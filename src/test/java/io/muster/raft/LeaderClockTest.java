package io.muster.raft;

import static io.muster.raft.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaderClockTest {

    private static final long START = 77;

    @Test
    void believesTheWallClockWhereThereIsNoStampYet() {
        LeaderClock clock = new LeaderClock(0, START, 5000);
        assertThat(clock.stamp(START, 5000)).isEqualTo(5000);
        assertThat(clock.stamp(START + 30 * MILLI, 5030)).isEqualTo(5030);
    }

    @Test
    void neverGoesBack() {
        LeaderClock clock = new LeaderClock(5000, START, 4000);
        assertThat(clock.stamp(START, 4000)).isEqualTo(5000);
        assertThat(clock.stamp(START + 20 * MILLI, 5010)).isEqualTo(5010);
        assertThat(clock.stamp(START + 30 * MILLI, 10)).isEqualTo(5010);
    }

    @Test
    void followsAJumpAheadAtTwiceTheSteadyClocksPace() {
        LeaderClock clock = new LeaderClock(5000, START, 5000);
        assertThat(clock.stamp(START + 10 * MILLI, 999_999)).isEqualTo(5020);
        assertThat(clock.stamp(START + 50 * MILLI, 999_999)).isEqualTo(5100);
    }

    @Test
    void startsFromTheStampOfTheTermBefore() {
        LeaderClock clock = new LeaderClock(5000, START, 999_999);
        assertThat(clock.stamp(START, 999_999)).isEqualTo(5000);
    }
}
