package io.muster.raft;

import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.THREE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RaftConfigTest {

    @Test
    void refusesContradictions() {
        refuses("do not contain this node", () -> Fixtures.config(A, Set.of(B)));
        refuses("must be positive", () -> new RaftConfig(A, THREE, 300, 0, 10, 1, 10, 0, false, 1));
        refuses("three heartbeat intervals", () -> new RaftConfig(A, THREE, 299, 100, 10, 1, 10, 0, false, 1));
        refuses("batches and windows", () -> new RaftConfig(A, THREE, 300, 100, 0, 1, 10, 0, false, 1));
        refuses("batches and windows", () -> new RaftConfig(A, THREE, 300, 100, 10, 0, 10, 0, false, 1));
        refuses("at least one batch", () -> new RaftConfig(A, THREE, 300, 100, 10, 1, 9, 0, false, 1));
        refuses("cache", () -> new RaftConfig(A, THREE, 300, 100, 10, 1, 10, -1, false, 1));
        refuses("a disk needs some time", () -> new RaftConfig(A, THREE, 300, 100, 10, 1, 10, 0, false, 0));
    }

    private static void refuses(String reason, Runnable construction) {
        assertThatThrownBy(construction::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void knowsWhatAMajorityIs() {
        assertThat(Fixtures.config(A, Fixtures.ONE).majority()).isEqualTo(1);
        assertThat(Fixtures.config(A, Set.of(A, B)).majority()).isEqualTo(2);
        assertThat(Fixtures.config(A, THREE).majority()).isEqualTo(2);
        assertThat(Fixtures.config(A, Fixtures.FIVE).majority()).isEqualTo(3);
        assertThat(Fixtures.config(A, THREE).oneVoucherSuffices()).isTrue();
        assertThat(Fixtures.config(A, Fixtures.FIVE).oneVoucherSuffices()).isFalse();
    }
}
