package io.muster.raft;

import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.noOp;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Effect.Apply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PersistedTest {

    @Test
    void theLastOfSeveralAppendsSpeaksForAll() {
        Driver core = Driver.follower(3, 1);
        core.receive(B, appendEntries(3, 1, 1, 3, noOp(2, 3)));
        core.receive(B, appendEntries(3, 2, 3, 3, noOp(3, 3)));
        assertThat(core.persisted(3, 3)).containsExactly(new Apply(3));
    }

    @Test
    void eachAppendMaySpeakForItself() {
        Driver core = Driver.follower(3, 1);
        core.receive(B, appendEntries(3, 1, 1, 3, noOp(2, 3)));
        core.receive(B, appendEntries(3, 2, 3, 3, noOp(3, 3)));
        assertThat(core.persisted(2, 3)).containsExactly(new Apply(2));
        assertThat(core.persisted(3, 3)).containsExactly(new Apply(3));
        assertThat(core.persisted(3, 3)).isEmpty();
    }

    @Test
    void aReportOfWhatHasBeenReplacedSaysNothing() {
        Driver core = Driver.follower(3, 1);
        core.receive(B, appendEntries(3, 1, 1, 0, noOp(2, 3), noOp(3, 3)));
        core.receive(C, appendEntries(4, 1, 1, 0, noOp(2, 4), noOp(3, 4)));
        core.persisted(3, 3);
        assertThat(core.status().durableIndex()).isEqualTo(1);
        core.persisted(3, 4);
        assertThat(core.status().durableIndex()).isEqualTo(3);
    }

    @Test
    void aReportCountsForWhatStillStands() {
        Driver core = Driver.follower(3, 1);
        core.receive(B, appendEntries(3, 1, 1, 0, noOp(2, 3), noOp(3, 3)));
        core.receive(C, appendEntries(4, 2, 3, 0, noOp(3, 4)));
        core.persisted(3, 3);
        assertThat(core.status().durableIndex()).isEqualTo(2);
    }

    /** Entry 2 of term 3 was replaced by one of term 4, and has come back by the leader of term 5. */
    @Nested
    @DisplayName("an entry that went and came back (ABA; etcd-io/raft, asynchronous storage writes)")
    class WentAndCameBack {

        private final Driver core = Driver.follower(3, 1);

        @BeforeEach
        void replaceTwice() {
            core.receive(B, appendEntries(3, 1, 1, 0, noOp(2, 3)));
            core.receive(C, appendEntries(4, 1, 1, 0, noOp(2, 4)));
            core.receive(B, appendEntries(5, 1, 1, 2, noOp(2, 3)));
        }

        @Test
        void isNotDurableByItsFirstWrite() {
            assertThat(core.persisted(2, 3)).isEmpty();
            assertThat(core.persisted(2, 4)).isEmpty();
            assertThat(core.persisted(2, 3)).containsExactly(new Apply(2));
        }

        @Test
        void isDurableOnceWhatFollowsItIs() {
            core.receive(B, appendEntries(5, 2, 3, 2, noOp(3, 5)));
            assertThat(core.persisted(3, 5)).containsExactly(new Apply(2));
        }
    }
}
