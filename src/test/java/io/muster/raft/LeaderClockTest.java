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

    @Test
    void doesNotSaveUpALongTermForOneJump() {
        LeaderClock clock = new LeaderClock(5000, START, 5000);
        assertThat(clock.stamp(START + 1000 * MILLI, 6000)).isEqualTo(6000);
        assertThat(clock.stamp(START + 1010 * MILLI, 999_999)).isEqualTo(6020);
    }

    @Test
    void advancesAlsoWhereStampsFollowWithinAMillisecond() {
        LeaderClock clock = new LeaderClock(5000, START, 5000);
        long stamp = 0;
        for (int i = 1; i <= 10; i++) {
            stamp = clock.stamp(START + i * MILLI / 10, 9000);
        }
        assertThat(stamp).isEqualTo(5002);
    }
}
