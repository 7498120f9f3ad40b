package io.muster.raft;

import static io.muster.raft.Driver.answer;
import static io.muster.raft.Driver.append;
import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.noOp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Effect.After;
import io.muster.raft.Effect.Apply;
import io.muster.raft.Message.AppendRefused;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowingTest {

    @Test
    void appendsAndAnswersOnceItIsDurable() {
        Driver core = Driver.follower(3, 1, 3);
        assertThat(core.receive(B, appendEntries(3, 2, 3, 0, noOp(3, 3), noOp(4, 3))))
                .containsExactly(append(noOp(3, 3), noOp(4, 3)), answer(new Appended(3, 4), After.LOG));
    }

    @Test
    void savesANewerTermBeforeEntriesOfIt() {
        Driver core = Driver.follower(3, 1, 3);
        assertThat(core.receive(B, appendEntries(4, 2, 3, 0, noOp(3, 4))))
                .containsExactly(
                        new Effect.PersistVote(4, null), append(noOp(3, 4)), answer(new Appended(4, 3), After.LOG));
    }

    @Test
    void refusesEntriesBehindAGap() {
        Driver core = Driver.follower(3, 1, 3);
        assertThat(core.receive(B, appendEntries(3, 5, 3, 0, noOp(6, 3))))
                .containsExactly(answer(new AppendRefused(3, 5, 2, 3), After.VOTE));
    }

    @Test
    void skipsATermThatTheLeaderDoesNotHaveInOneRefusal() {
        Driver core = Driver.follower(5, 1, 1, 3, 3, 3, 5);
        assertThat(core.receive(B, appendEntries(6, 6, 2, 0)))
                .containsExactly(new Effect.PersistVote(6, null), answer(new AppendRefused(6, 6, 2, 1), After.VOTE));
    }

    @Test
    void refusesALeaderOfAnOldTerm() {
        Driver core = Driver.follower(3, 1, 3);
        assertThat(core.receive(B, appendEntries(2, 1, 1, 1, noOp(2, 2))))
                .containsExactly(answer(new AppendRefused(3, 1, 2, 3), After.VOTE));
        assertThat(core.status().leader()).isNull();
        assertThat(core.status().commitIndex()).isZero();
    }

    @Test
    @DisplayName("an entry that conflicts gives way together with all behind it (mofa-org/mofa#1151)")
    void replacesAConflictAndTheTailBehindIt() {
        Driver core = Driver.follower(3, 1, 2, 2, 2);
        assertThat(core.receive(B, appendEntries(3, 1, 1, 0, noOp(2, 3))))
                .containsExactly(append(noOp(2, 3)), answer(new Appended(3, 2), After.LOG));
        assertThat(core.status().lastIndex()).isEqualTo(2);
        assertThat(core.status().durableIndex()).isEqualTo(1);
        assertThat(core.receive(B, appendEntries(3, 4, 2, 0)))
                .containsExactly(answer(new AppendRefused(3, 4, 1, 1), After.VOTE));
    }

    @Test
    void appendsOnlyWhatItLacks() {
        Driver core = Driver.follower(3, 1, 3);
        assertThat(core.receive(B, appendEntries(3, 0, 0, 0, noOp(1, 1), noOp(2, 3), noOp(3, 3))))
                .containsExactly(append(noOp(3, 3)), answer(new Appended(3, 3), After.LOG));
    }

    @Test
    @DisplayName("a late or empty request cuts nothing (willemt/raft#37)")
    void lateRequestsCutNothing() {
        Driver core = Driver.follower(3, 1, 3, 3, 3);
        assertThat(core.receive(B, appendEntries(3, 1, 1, 0, noOp(2, 3))))
                .containsExactly(answer(new Appended(3, 2), After.LOG));
        assertThat(core.receive(B, appendEntries(3, 1, 1, 0))).containsExactly(answer(new Appended(3, 1), After.LOG));
        assertThat(core.receive(B, new Heartbeat(3, 0, 1)))
                .containsExactly(answer(new HeartbeatReply(3, 1), After.VOTE));
        assertThat(core.status().lastIndex()).isEqualTo(4);
    }

    @Test
    @DisplayName("commits no further than this request has verified (atomix/copycat#265)")
    void commitsNoFurtherThanTheRequestVerified() {
        Driver core = Driver.follower(3, 1, 2, 2, 2);
        assertThat(core.receive(B, appendEntries(3, 1, 1, 4)))
                .containsExactly(new Apply(1), answer(new Appended(3, 1), After.LOG));
        assertThat(core.receive(B, appendEntries(3, 1, 1, 9, noOp(2, 2))))
                .containsExactly(new Apply(2), answer(new Appended(3, 2), After.LOG));
    }

    @Test
    @DisplayName("the commit index never goes back")
    void commitNeverGoesBack() {
        Driver core = Driver.follower(3, 1, 3, 3);
        core.receive(B, appendEntries(3, 3, 3, 3));
        assertThat(core.receive(B, appendEntries(3, 2, 3, 1))).containsExactly(answer(new Appended(3, 2), After.LOG));
        core.receive(B, new Heartbeat(3, 1, 1));
        assertThat(core.status().commitIndex()).isEqualTo(3);
    }

    @Test
    void takesTheCommitIndexFromAHeartbeat() {
        Driver core = Driver.follower(3, 1, 3, 3);
        assertThat(core.receive(B, new Heartbeat(3, 2, 1)))
                .containsExactly(new Apply(2), answer(new HeartbeatReply(3, 1), After.VOTE));
    }

    @Test
    void takesNothingFromAHeartbeatOfAnOldTerm() {
        Driver core = Driver.follower(3, 1, 3, 3);
        assertThat(core.receive(B, new Heartbeat(2, 2, 9)))
                .containsExactly(answer(new HeartbeatReply(3, HeartbeatReply.NO_ROUND), After.VOTE));
        assertThat(core.status().commitIndex()).isZero();
    }

    @Test
    @DisplayName("committed entries are never replaced (lerna-stack/akka-entity-replication#152)")
    void committedEntriesAreNeverReplaced() {
        Driver core = Driver.follower(3, 1, 2, 2);
        core.receive(B, appendEntries(3, 3, 2, 2));
        assertThatThrownBy(() -> core.receive(B, appendEntries(3, 1, 1, 2, noOp(2, 3))))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("committed entries are never replaced");
    }

    @Test
    void appliesOnlyWhatIsCommittedAndDurable() {
        Driver core = Driver.follower(3, 1);
        assertThat(core.receive(B, appendEntries(3, 1, 1, 3, noOp(2, 3), noOp(3, 3), noOp(4, 3))))
                .containsExactly(
                        append(noOp(2, 3), noOp(3, 3), noOp(4, 3)),
                        new Apply(1),
                        answer(new Appended(3, 4), After.LOG));
        assertThat(core.persisted(4, 3)).containsExactly(new Apply(3));
        assertThat(core.receive(B, new Heartbeat(3, 4, 1)))
                .containsExactly(new Apply(4), answer(new HeartbeatReply(3, 1), After.VOTE));
    }

    @Test
    @DisplayName(
            "what it acknowledged in an old term is of no use to a leader of a newer one (redpanda-data/redpanda#3003)")
    void acknowledgesInTheTermOfTheLeaderThatAsked() {
        Driver core = Driver.follower(3, 1);
        assertThat(core.receive(B, appendEntries(3, 1, 1, 0, noOp(2, 3))))
                .containsExactly(append(noOp(2, 3)), answer(new Appended(3, 2), After.LOG));
        assertThat(core.receive(C, appendEntries(4, 1, 1, 0, noOp(2, 4))))
                .contains(append(noOp(2, 4)), answer(new Appended(4, 2), After.LOG));
    }

    @Test
    void callersLearnThatItDoesNotLead() {
        Driver core = Driver.follower(3, 1);
        assertThat(core.step(new Input.Propose(List.of(
                        new Input.Proposal(7, Fixtures.bytes("x")), new Input.Proposal(8, Fixtures.bytes("y"))))))
                .containsExactly(new Effect.RejectProposal(7), new Effect.RejectProposal(8));
        assertThat(core.step(new Input.Read(9, null))).containsExactly(new Effect.RejectRead(9));
    }

    @Test
    void requestsHoldConsecutiveEntriesOfTermsUpToTheirOwn() {
        assertThatThrownBy(() -> appendEntries(3, 1, 1, 0, noOp(3, 3))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> appendEntries(3, 1, 1, 0, noOp(2, 3), noOp(4, 3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> appendEntries(3, 1, 1, 0, noOp(2, 4))).isInstanceOf(IllegalArgumentException.class);
    }
}
