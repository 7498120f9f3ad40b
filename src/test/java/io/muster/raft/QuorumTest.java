package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumTest {

    @Test
    void findsTheHighestValueThatAMajorityHasReached() {
        assertThat(Quorum.reachedBy(1, 7, List.of())).isEqualTo(7);
        assertThat(Quorum.reachedBy(2, 9, List.of(3L, 5L))).isEqualTo(5);
        assertThat(Quorum.reachedBy(2, 1, List.of(3L, 5L))).isEqualTo(3);
        assertThat(Quorum.reachedBy(3, 9, List.of(8L, 2L, 1L))).isEqualTo(2);
        assertThat(Quorum.reachedBy(3, 4, List.of(9L, 1L, 4L, 7L))).isEqualTo(4);
    }
}
