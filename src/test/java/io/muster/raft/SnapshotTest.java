package io.muster.raft;

import static io.muster.raft.Driver.answer;
import static io.muster.raft.Driver.append;
import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.THREE;
import static io.muster.raft.Fixtures.WALL_MILLIS;
import static io.muster.raft.Fixtures.command;
import static io.muster.raft.Fixtures.config;
import static io.muster.raft.Fixtures.noOp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Effect.After;
import io.muster.raft.Effect.Apply;
import io.muster.raft.Effect.CutLog;
import io.muster.raft.Effect.InstallSnapshot;
import io.muster.raft.Effect.PersistVote;
import io.muster.raft.Effect.SendSnapshot;
import io.muster.raft.Input.Compact;
import io.muster.raft.Input.SnapshotEnded;
import io.muster.raft.Input.SnapshotReceived;
import io.muster.raft.Message.AppendRefused;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.HeartbeatReply;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Logs that are cut, and what takes the place of what they no longer hold (paper section 7). */
class SnapshotTest {

    @Nested
    class Leader {

        /** Leads term 4; its no-op at 5 is committed by B, and the log is cut behind 4. C has not answered. */
        private static Driver leader() {
            Driver core = Driver.leader(3, 1, 1, 3, 3);
            core.receive(B, new Appended(4, 5));
            core.persisted(5, 4);
            assertThat(core.step(new Compact(4))).containsExactly(new CutLog(4));
            return core;
        }

        @Test
        void cutsOnlyWhatIsApplied() {
            Driver core = leader();
            core.step(Fixtures.propose(1, "new"));
            assertThatThrownBy(() -> core.step(new Compact(6))).isInstanceOf(InvariantViolation.class);
        }

        @Test
        void cutsNothingTwice() {
            assertThat(leader().step(new Compact(4))).isEmpty();
            assertThat(leader().step(new Compact(2))).isEmpty();
        }

        @Test
        void sendsASnapshotToWhomTheLogNoLongerReaches() {
            Driver core = leader();
            assertThat(core.receive(C, new AppendRefused(4, 4, 2, 1))).containsExactly(new SendSnapshot(C, 4));
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).isEmpty();
        }

        @Test
        void aFollowerAtTheStartNeedsNone() {
            assertThat(leader().receive(C, new Appended(4, 4)))
                    .containsExactly(send(C, appendEntries(4, 4, 3, 5, noOp(5, 4))));
        }

        @Test
        void asksWhomItHasNotReachedYetHowFarHeIs() {
            Driver core = leader();
            core.step(new Input.OutboundClosed(C));
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).containsExactly(send(C, appendEntries(4, 4, 3, 5)));
            assertThat(core.receive(C, new Appended(4, 4)))
                    .containsExactly(send(C, appendEntries(4, 4, 3, 5, noOp(5, 4))));
        }

        @Test
        void goesOnBehindTheSnapshot() {
            Driver core = leader();
            core.receive(C, new AppendRefused(4, 4, 2, 1));
            assertThat(core.step(new SnapshotEnded(C, 4, 4)))
                    .containsExactly(send(C, appendEntries(4, 4, 3, 5, noOp(5, 4))));
        }

        @Test
        @DisplayName("a log that is cut during the transfer strands nobody (etcd-io/raft#31)")
        void sendsAnotherWhereTheLogWasCutMeanwhile() {
            Driver core = leader();
            core.receive(C, new AppendRefused(4, 4, 2, 1));
            core.step(new Compact(5));
            assertThat(core.step(new SnapshotEnded(C, 4, 4))).containsExactly(new SendSnapshot(C, 4));
        }

        @Test
        void triesAgainOnceTheFollowerIsHeardOf() {
            Driver core = leader();
            core.receive(C, new AppendRefused(4, 4, 2, 1));
            assertThat(core.step(new SnapshotEnded(C, 4, SnapshotEnded.NOT_SENT)))
                    .isEmpty();
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).containsExactly(send(C, appendEntries(4, 4, 3, 5)));
            assertThat(core.receive(C, new AppendRefused(4, 4, 2, 1))).containsExactly(new SendSnapshot(C, 4));
        }

        @Test
        @DisplayName("whoever took a snapshot up without a word gets no other one (apache/ratis#1567)")
        void asksFirstWhetherASnapshotHasArrivedAllTheSame() {
            Driver core = leader();
            core.receive(C, new AppendRefused(4, 4, 2, 1));
            core.step(new SnapshotEnded(C, 4, SnapshotEnded.NOT_SENT));
            core.receive(C, new HeartbeatReply(4, 1));
            assertThat(core.receive(C, new Appended(4, 4)))
                    .containsExactly(send(C, appendEntries(4, 4, 3, 5, noOp(5, 4))));
        }

        @Test
        void seeksTheAgreementInALogThatGoesOnInTheTermOfItsStart() {
            Restored restored = new Restored(3, null, new LogStart(9, 3, WALL_MILLIS), List.of(), 9, WALL_MILLIS, 9);
            Driver core = Driver.follower(config(A, THREE), restored);
            core.receive(B, appendEntries(3, 9, 3, 9, noOp(10, 3), noOp(11, 3)));
            core.persisted(11, 3);
            core.passMillis(Fixtures.ELECTION_TIMEOUT_MILLIS, 0.5);
            core.passMillis(Fixtures.ELECTION_TIMEOUT_MILLIS);
            core.receive(B, new Message.PreVoteReply(4, true));
            core.receive(B, new Message.VoteReply(4, true));

            assertThat(core.receive(C, new AppendRefused(4, 11, 11, 2)))
                    .containsExactly(send(C, appendEntries(4, 9, 3, 9, noOp(10, 3), noOp(11, 3), noOp(12, 4))));
            assertThat(core.receive(C, new AppendRefused(4, 9, 9, 2))).containsExactly(new SendSnapshot(C, 4));
        }

        @Test
        void aTransferOfAnEarlierTermEndsForNobody() {
            Driver core = leader();
            core.receive(C, new AppendRefused(4, 4, 2, 1));
            assertThat(core.step(new SnapshotEnded(C, 3, 4))).isEmpty();
        }

        @Test
        void lateAnswersDisturbNoTransfer() {
            Driver core = leader();
            core.receive(C, new AppendRefused(4, 4, 2, 1));
            assertThat(core.receive(C, new AppendRefused(4, 4, 2, 1))).isEmpty();
            assertThat(core.step(new Input.OutboundClosed(C))).isEmpty();
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).isEmpty();
        }

        @Test
        void whatWasFetchedFromBehindTheStartIsNotSent() {
            Driver core = Driver.leader(config(A, THREE, 1 << 20, 16, 0), Fixtures.restored(3, Fixtures.entries(1, 3)));
            core.receive(B, new Appended(4, 3));
            core.persisted(3, 4);
            assertThat(core.receive(C, new AppendRefused(4, 2, 0, 0)))
                    .containsExactly(new Effect.Fetch(C, 4, 1, 1 << 20));
            core.step(new Compact(2));
            assertThat(core.step(new Input.Fetched(C, 4, List.of()))).containsExactly(new SendSnapshot(C, 4));
        }
    }

    @Nested
    class Follower {

        private static final LogStart SNAPSHOT = new LogStart(9, 3, WALL_MILLIS + 1);

        @Test
        void installsWhatIsAheadOfItsLog() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.step(new SnapshotReceived(3, SNAPSHOT))).containsExactly(new InstallSnapshot(SNAPSHOT));
            assertThat(core.status().commitIndex()).isEqualTo(9);
            assertThat(core.status().lastIndex()).isEqualTo(9);
            assertThat(core.status().durableIndex()).isLessThan(9);
        }

        @Test
        void goesOnBehindItOnceItIsDurable() {
            Driver core = Driver.follower(3, 1, 3);
            core.step(new SnapshotReceived(3, SNAPSHOT));
            assertThat(core.receive(B, appendEntries(3, 9, 3, 10, command(10, 3, "x"))))
                    .containsExactly(append(command(10, 3, "x")), answer(new Appended(3, 10), After.LOG));
            assertThat(core.persisted(9, 3)).isEmpty();
            assertThat(core.persisted(10, 3)).containsExactly(new Apply(10));
        }

        @Test
        @DisplayName("an old snapshot takes nothing back (camunda/camunda#6092)")
        void anOldOneTakesNothingBack() {
            Driver core = Driver.follower(3, 1, 3, 3);
            core.receive(B, appendEntries(3, 3, 3, 3));
            assertThat(core.step(new SnapshotReceived(3, new LogStart(2, 3, WALL_MILLIS))))
                    .isEmpty();
            assertThat(core.status().lastIndex()).isEqualTo(3);
        }

        @Test
        void keepsALogThatHoldsItsLastEntry() {
            Driver core = Driver.follower(3, 1, 3, 3);
            assertThat(core.step(new SnapshotReceived(3, new LogStart(2, 3, WALL_MILLIS))))
                    .containsExactly(new Apply(2));
            assertThat(core.status().lastIndex()).isEqualTo(3);
        }

        @Test
        void aLogThatContradictsItGivesWay() {
            Driver core = Driver.follower(4, 1, 2, 2, 2);
            LogStart other = new LogStart(3, 3, WALL_MILLIS);
            assertThat(core.step(new SnapshotReceived(4, other))).containsExactly(new InstallSnapshot(other));
            assertThat(core.status().lastIndex()).isEqualTo(3);
        }

        @Test
        void itsTermIsFollowed() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.step(new SnapshotReceived(5, SNAPSHOT)))
                    .containsExactly(new PersistVote(5, null), new InstallSnapshot(SNAPSHOT));
        }

        @Test
        @DisplayName("what was cut matches, and is no conflict (databendlabs/openraft#511)")
        void whatWasCutMatches() {
            Driver core = Driver.follower(3, 1, 3);
            core.step(new SnapshotReceived(3, SNAPSHOT));
            assertThat(core.receive(B, appendEntries(3, 2, 3, 2, noOp(3, 3))))
                    .containsExactly(answer(new Appended(3, 3), After.LOG));
            assertThat(core.receive(B, appendEntries(3, 8, 3, 9, noOp(9, 3), noOp(10, 3))))
                    .containsExactly(append(noOp(10, 3)), answer(new Appended(3, 10), After.LOG));
        }

        @Test
        void votesByTheSnapshotWhereTheLogIsEmpty() {
            Driver core = Driver.follower(3, 1, 3);
            core.step(new SnapshotReceived(3, SNAPSHOT));
            assertThat(core.receive(C, new Message.RequestVote(4, 8, 3)))
                    .contains(answer(new Message.VoteReply(4, false), After.VOTE));
            assertThat(core.receive(C, new Message.RequestVote(5, 9, 3)))
                    .contains(answer(new Message.VoteReply(5, true), After.VOTE));
        }

        @Test
        void startsWhereItsLogWasCut() {
            Restored restored = new Restored(3, null, SNAPSHOT, List.of(), 9, SNAPSHOT.timeMillis(), 9);
            Driver core = Driver.follower(config(A, THREE), restored);
            assertThat(core.receive(B, appendEntries(3, 9, 3, 9, noOp(10, 3))))
                    .containsExactly(append(noOp(10, 3)), answer(new Appended(3, 10), After.LOG));
        }

        @Test
        void refusesToStartBehindTheStartOfItsLog() {
            Restored restored = new Restored(3, null, SNAPSHOT, List.of(), 9, SNAPSHOT.timeMillis(), 8);
            assertThatThrownBy(() -> Driver.follower(config(A, THREE), restored))
                    .isInstanceOf(InvariantViolation.class);
        }
    }
}
