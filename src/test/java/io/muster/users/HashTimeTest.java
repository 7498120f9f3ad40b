package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HashTimeTest {

    private final HashTime time = new HashTime();

    @Test
    void isNothingBeforeTheFirst() {
        assertThat(time.ofManyNanos(1_000, 1)).isZero();
    }

    @Test
    void takesLittleOfTheFirst() {
        time.add(800);

        assertThat(time.ofManyNanos(10, 4)).isEqualTo(250);
    }

    @Test
    void approachesWhatIsSeenAgainAndAgain() {
        addMany(800);
        assertThat(time.ofManyNanos(1, 1)).isBetween(780L, 800L);

        addMany(200);
        assertThat(time.ofManyNanos(1, 1)).isBetween(200L, 220L);
    }

    private void addMany(long nanos) {
        for (int i = 0; i < 40; i++) {
            time.add(nanos);
        }
    }

    @Test
    void doesNotOverflow() {
        time.add(80_000_000_000L);

        assertThat(time.ofManyNanos(10_000, 1)).isEqualTo(100_000_000_000_000L);
    }
}
