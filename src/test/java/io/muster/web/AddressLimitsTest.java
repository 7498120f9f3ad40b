package io.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.users.ManualTimeMeter;
import io.muster.users.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressLimitsTest {

    private static final int CAPACITY = 3;
    private static final String ADDRESS = "203.0.113.7";

    private final ManualTimeMeter clock = new ManualTimeMeter();
    private final AddressLimits limits = new AddressLimits(CAPACITY, 2, clock);

    private void empty(String address) {
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(limits.take(address)).isZero();
        }
    }

    @Test
    void saysHowLongUntilThereIsMore() {
        empty(ADDRESS);

        assertThat(limits.take(ADDRESS)).isEqualTo(Duration.ofMillis(500));
        clock.pass(Duration.ofMillis(499));
        assertThat(limits.take(ADDRESS)).isEqualTo(Duration.ofMillis(1));
        clock.pass(Duration.ofMillis(1));
        assertThat(limits.take(ADDRESS)).isZero();
        assertThat(limits.take(ADDRESS)).isPositive();
    }

    @Test
    void fillsUpToItsCapacity() {
        empty(ADDRESS);
        clock.pass(Duration.ofHours(1));
        empty(ADDRESS);
        assertThat(limits.take(ADDRESS)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.8, false",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "no address, another, false",
        "no address, no address, true",
    })
    void countsTogetherWhatBelongsTogether(String one, String other, boolean together) {
        empty(one);

        assertThat(limits.take(other).isPositive()).isEqualTo(together);
    }

    /** Of three calls one may fail, and one more in two seconds. */
    @Test
    void refusesWhoFailsTooOften() {
        Origin.Conduct conduct = limits.conductOf(ADDRESS);
        assertThat(limits.take(ADDRESS)).isZero();
        assertThat(conduct.isSuspended()).isFalse();

        conduct.failed();

        assertThat(conduct.isSuspended()).isTrue();
        assertThat(limits.conductOf("203.0.113.8").isSuspended()).isFalse();
        assertThat(limits.take(ADDRESS)).isEqualTo(Duration.ofSeconds(2));
        conduct.failed();
        assertThat(limits.take(ADDRESS))
                .as("with one failure that was under way")
                .isEqualTo(Duration.ofSeconds(4));
        clock.pass(Duration.ofSeconds(4));
        assertThat(conduct.isSuspended()).isFalse();
        empty(ADDRESS);
    }

    @Test
    void forgetsNoDebt() {
        empty(ADDRESS);
        for (int i = 0; i < CAPACITY; i++) {
            limits.conductOf(ADDRESS).failed();
        }

        clock.pass(Duration.ofMillis(5_999));
        assertThat(limits.take(ADDRESS)).isEqualTo(Duration.ofMillis(1));
        clock.pass(Duration.ofMillis(1));
        assertThat(limits.take(ADDRESS)).isZero();
    }
}
