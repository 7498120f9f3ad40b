package io.muster.raft;

import static io.muster.raft.Fixtures.noOp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RaftLogTest {

    private static RaftLog log(long cacheBytes, long... terms) {
        RaftLog log = new RaftLog(Restored.empty(), cacheBytes);
        if (terms.length > 0) {
            log.append(Fixtures.entries(terms), 0);
        }
        return log;
    }

    @Test
    void knowsTheTermOfEveryEntry() {
        RaftLog log = new RaftLog(Fixtures.restored(4, Fixtures.entries(1, 1, 4)), 0);
        log.append(List.of(noOp(4, 4), noOp(5, 6)), 0);
        assertThat(List.of(log.termAt(0), log.termAt(1), log.termAt(2), log.termAt(3), log.termAt(4), log.termAt(5)))
                .containsExactly(0L, 1L, 1L, 4L, 4L, 6L);
        assertThatThrownBy(() -> log.termAt(6)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void forgetsTheTermsOfWhatIsReplaced() {
        RaftLog log = log(0, 1, 2, 3, 3);
        log.append(List.of(noOp(2, 1), noOp(3, 4)), 0);
        assertThat(List.of(log.termAt(1), log.termAt(2), log.termAt(3))).containsExactly(1L, 1L, 4L);
        assertThat(log.lastIndex()).isEqualTo(3);
    }

    @Test
    void findsTheLastIndexOfATermAtMost() {
        RaftLog log = log(0, 1, 1, 4, 4, 6);
        assertThat(log.lastIndexOfTermAtMost(5, 6)).isEqualTo(5);
        assertThat(log.lastIndexOfTermAtMost(9, 5)).isEqualTo(4);
        assertThat(log.lastIndexOfTermAtMost(3, 4)).isEqualTo(3);
        assertThat(log.lastIndexOfTermAtMost(5, 3)).isEqualTo(2);
        assertThat(log.lastIndexOfTermAtMost(5, 0)).isZero();
    }

    @Test
    void comparesLogsByTheirLastTermThenByLength() {
        RaftLog log = log(0, 1, 3);
        assertThat(log.isNotNewerThan(2, 3)).isTrue();
        assertThat(log.isNotNewerThan(1, 4)).isTrue();
        assertThat(log.isNotNewerThan(1, 3)).isFalse();
        assertThat(log.isNotNewerThan(9, 2)).isFalse();
    }

    @Test
    void refusesAGapAndATermThatGoesBack() {
        assertThatThrownBy(() -> log(0, 1).append(List.of(noOp(3, 1)), 0)).isInstanceOf(InvariantViolation.class);
        assertThatThrownBy(() -> log(0, 1, 2).append(List.of(noOp(3, 1)), 0)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void keepsWhatIsNotDurableHoweverLarge() {
        RaftLog log = log(0, 1, 1, 2);
        assertThat(log.holds(1)).isTrue();
        log.append(List.of(noOp(4, 2)), 0);
        log.persisted(3, 2);
        assertThat(log.holds(3)).isFalse();
        assertThat(log.holds(4)).isTrue();
    }

    @Test
    void evictsTheOldestDurableEntriesBeyondTheCache() {
        RaftLog log = log(2 * Entry.OVERHEAD_BYTES, 1, 1, 1);
        log.persisted(3, 1);
        assertThat(log.holds(1)).isFalse();
        assertThat(log.entriesFrom(2, 1 << 20)).containsExactly(noOp(2, 1), noOp(3, 1));
    }

    @Test
    void handsOutOneEntryAtLeast() {
        RaftLog log = log(0, 1, 1, 1);
        assertThat(log.entriesFrom(1, 1)).containsExactly(noOp(1, 1));
        assertThat(log.entriesFrom(1, 2 * Entry.OVERHEAD_BYTES)).containsExactly(noOp(1, 1), noOp(2, 1));
        assertThat(log.entriesFrom(4, 1)).isEmpty();
    }
}
