package io.muster.raft;

import static io.muster.raft.Driver.answer;
import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.ELECTION_TIMEOUT_MILLIS;
import static io.muster.raft.Fixtures.propose;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Effect.After;
import io.muster.raft.Effect.PersistVote;
import io.muster.raft.Effect.RejectProposal;
import io.muster.raft.Effect.Send;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.HeartbeatReply;
import io.muster.raft.Message.TimeoutNow;
import io.muster.raft.Message.TimeoutNowReply;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Hand-over of leadership (dissertation section 3.10). */
class TransferTest {

    /** Leads term 4, whose no-op stands at 3; B has it, C nothing. */
    private static Driver leader() {
        Driver core = Driver.leader(3, 1, 3);
        core.receive(B, new Appended(4, 3));
        core.persisted(3, 4);
        return core;
    }

    @Nested
    class Leader {

        @Test
        void asksTheFollowerWhoseLogIsComplete() {
            assertThat(leader().step(new Input.TransferLeadership())).containsExactly(send(B, new TimeoutNow(4)));
        }

        @Test
        void waitsUntilTheFollowerHasCaughtUp() {
            Driver core = leader();
            core.step(propose(1, "late"));
            assertThat(core.step(new Input.TransferLeadership())).isEmpty();
            assertThat(core.receive(B, new Appended(4, 4))).containsExactly(send(B, new TimeoutNow(4)));
        }

        @Test
        void takesNoWritesMeanwhile() {
            Driver core = leader();
            core.step(new Input.TransferLeadership());
            assertThat(core.step(propose(1, "late"))).containsExactly(new RejectProposal(1));
        }

        @Test
        void turnsToTheOtherFollowerWhenTheFirstDoesNotTakeOver() {
            Driver core = leader();
            core.step(new Input.TransferLeadership());
            core.passMillis(ELECTION_TIMEOUT_MILLIS / 2 - 1);
            core.receive(B, new HeartbeatReply(4, 1));
            core.receive(C, new Appended(4, 3));
            assertThat(core.passMillis(1)).contains(send(C, new TimeoutNow(4)));
        }

        @Test
        void leadsOnOnceAllWereTried() {
            Driver core = leader();
            core.step(new Input.TransferLeadership());
            for (int i = 0; i < 2; i++) {
                core.receive(B, new HeartbeatReply(4, 1));
                core.receive(C, new Appended(4, 3));
                core.passMillis(ELECTION_TIMEOUT_MILLIS / 2);
            }
            assertThat(core.step(propose(1, "later"))).doesNotHaveAnyElementsOfTypes(RejectProposal.class);
        }

        @Test
        void asksNobodyWhoHasNotBeenHeardOf() {
            Driver core = leader();
            core.passMillis(ELECTION_TIMEOUT_MILLIS - 1);
            core.receive(C, new HeartbeatReply(4, 1));
            core.passMillis(1);
            core.step(new Input.TransferLeadership());
            assertThat(core.receive(C, new Appended(4, 3))).contains(send(C, new TimeoutNow(4)));
        }
    }

    @Nested
    class Follower {

        private static final List<Entry> LOG = Fixtures.entries(1, 3);

        private static Driver of(NodeId leader) {
            Driver core = Driver.follower(Fixtures.config(A, Fixtures.THREE), Fixtures.restored(3, LOG));
            core.receive(leader, appendEntries(3, 2, 3, 0));
            return core;
        }

        @Test
        void standsAtOnceWithoutAskingFirst() {
            assertThat(of(B).receive(B, new TimeoutNow(3)))
                    .containsExactly(
                            new PersistVote(4, A),
                            answer(new TimeoutNowReply(3), After.VOTE),
                            new Send(B, new Message.RequestVote(4, 2, 3, true), After.VOTE),
                            new Send(C, new Message.RequestVote(4, 2, 3, true), After.VOTE));
        }

        @Test
        void standsForNobodyButItsLeader() {
            assertThat(of(B).receive(C, new TimeoutNow(3))).containsExactly(answer(new TimeoutNowReply(3), After.VOTE));
        }

        @Test
        void aLateRequestOfAnOldTermMovesNothing() {
            assertThat(of(B).receive(B, new TimeoutNow(2))).containsExactly(answer(new TimeoutNowReply(3), After.VOTE));
        }
    }
}
