package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowingPauseTest {

    private static final long SECOND = 1_000_000_000L;

    private final GrowingPause pause = new GrowingPause();

    private long failed() {
        pause.failed();
        return pause.nanos();
    }

    @Test
    void doublesUpToABound() {
        assertThat(pause.nanos()).isZero();
        assertThat(LongStream.generate(this::failed).limit(10))
                .containsExactly(
                        0L,
                        SECOND / 2,
                        SECOND,
                        2 * SECOND,
                        4 * SECOND,
                        8 * SECOND,
                        16 * SECOND,
                        30 * SECOND,
                        30 * SECOND,
                        30 * SECOND);
    }

    @Test
    void endsWithASuccess() {
        pause.failed();
        pause.failed();
        pause.succeeded();
        assertThat(pause.nanos()).isZero();
        assertThat(failed()).isZero();
    }
}
