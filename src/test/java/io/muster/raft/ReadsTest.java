package io.muster.raft;

import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.FIVE;
import static io.muster.raft.Fixtures.ONE;
import static io.muster.raft.Fixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Effect.ConfirmRead;
import io.muster.raft.Effect.RejectRead;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Node A leads term 4 of three replicas; its no-op stands at 3, and B has it. Round 1 began with the term. */
class ReadsTest {

    private static Driver established() {
        Driver core = Driver.leader(3, 1, 3);
        core.receive(B, new Appended(4, 3));
        core.persisted(3, 4);
        return core;
    }

    private static Input read(long id) {
        return new Input.Read(id, null);
    }

    @Test
    @DisplayName("a leader confirms no read without a majority (deventlab/d-engine#381)")
    void confirmsAReadOnceAMajorityAnswered() {
        Driver core = established();
        assertThat(core.step(read(7)))
                .containsExactly(send(B, new Heartbeat(4, 3, 2)), send(C, new Heartbeat(4, 0, 2)));
        assertThat(core.receive(B, new HeartbeatReply(4, 2))).containsExactly(new ConfirmRead(7, 3));
    }

    @Test
    @DisplayName("answers to an older round confirm nothing (etcd-io/etcd#20418)")
    void anOlderRoundConfirmsNothing() {
        Driver core = established();
        core.step(read(7));
        assertThat(core.receive(B, new HeartbeatReply(4, 1))).isEmpty();
    }

    @Test
    void anAnswerToAnOldTermsHeartbeatConfirmsNothing() {
        Driver core = established();
        core.step(read(7));
        Driver follower = Driver.follower(4, 1, 3);
        Message oldRound =
                ((Effect.Answer) follower.receive(A, new Heartbeat(2, 0, 9)).getLast()).message();
        assertThat(core.receive(B, oldRound)).isEmpty();
    }

    @Test
    @DisplayName("before the first commit of the term, reads wait (etcd-io/etcd#7331, RedisLabs/redisraft#22)")
    void waitsForTheFirstCommitOfTheTerm() {
        Driver core = Driver.leader(3, 1, 3);
        assertThat(core.step(read(7))).isEmpty();
        assertThat(core.receive(B, new HeartbeatReply(4, 1)))
                .doesNotHaveAnyElementsOfTypes(ConfirmRead.class, RejectRead.class);
        core.receive(B, new Appended(4, 3));
        assertThat(core.persisted(3, 4))
                .containsExactly(
                        new Effect.Apply(3),
                        send(B, appendEntries(4, 3, 4, 3)),
                        send(B, new Heartbeat(4, 3, 2)),
                        send(C, new Heartbeat(4, 0, 2)));
        assertThat(core.receive(B, new HeartbeatReply(4, 2))).containsExactly(new ConfirmRead(7, 3));
    }

    @Test
    void readsThatArriveDuringARoundShareTheNext() {
        Driver core = established();
        core.step(read(7));
        assertThat(core.step(read(8))).isEmpty();
        assertThat(core.step(read(9))).isEmpty();
        assertThat(core.receive(B, new HeartbeatReply(4, 2)))
                .containsExactly(
                        new ConfirmRead(7, 3), send(B, new Heartbeat(4, 3, 3)), send(C, new Heartbeat(4, 0, 3)));
        assertThat(core.receive(B, new HeartbeatReply(4, 3)))
                .containsExactly(new ConfirmRead(8, 3), new ConfirmRead(9, 3));
    }

    @Test
    void aLostRoundIsMadeGoodByTheNextHeartbeat() {
        Driver core = established();
        core.step(read(7));
        core.step(read(8));
        assertThat(core.passMillis(100))
                .containsExactly(send(B, new Heartbeat(4, 3, 3)), send(C, new Heartbeat(4, 0, 3)));
        assertThat(core.receive(B, new HeartbeatReply(4, 3)))
                .containsExactly(new ConfirmRead(7, 3), new ConfirmRead(8, 3));
    }

    @Test
    void fiveNeedTwoFollowersAndCountNoneTwice() {
        Driver core = Driver.leader(config(A, FIVE), Restored.empty());
        core.receive(B, new Appended(1, 1));
        core.receive(C, new Appended(1, 1));
        core.persisted(1, 1);
        core.step(read(7));
        assertThat(core.receive(B, new HeartbeatReply(1, 2))).isEmpty();
        assertThat(core.receive(B, new HeartbeatReply(1, 2))).isEmpty();
        assertThat(core.receive(C, new HeartbeatReply(1, 2))).containsExactly(new ConfirmRead(7, 1));
    }

    @Test
    void aReplicaAloneConfirmsAtOnce() {
        Driver core = Driver.follower(config(A, ONE), Restored.empty());
        core.passMillis(1000);
        assertThat(core.step(read(7))).isEmpty();
        assertThat(core.persisted(1, 1)).containsExactly(new Effect.Apply(1), new ConfirmRead(7, 1));
        assertThat(core.step(read(8))).containsExactly(new ConfirmRead(8, 1));
    }

    @Nested
    class VouchedFor {

        private static final long TERM = 4;

        private static Input read(NodeId voter, long term) {
            return new Input.Read(7, new Input.Voucher(voter, term));
        }

        @Test
        void theVoterThatAsksIsTheMajority() {
            assertThat(established().step(read(C, TERM))).containsExactly(new ConfirmRead(7, 3));
        }

        @Test
        void aQuestionOfAnotherTermConfirmsNothing() {
            assertThat(established().step(read(C, TERM - 1))).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
            assertThat(established().step(read(C, TERM + 1))).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }

        @Test
        void aStrangerVouchesForNobody() {
            assertThat(established().step(read(new NodeId(9), TERM))).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }

        @Test
        void theFirstCommitOfTheTermIsWaitedFor() {
            assertThat(Driver.leader(3, 1, 3).step(read(C, TERM))).isEmpty();
        }

        @Test
        void itConfirmsNoOtherRead() {
            Driver core = established();
            core.step(ReadsTest.read(6));
            assertThat(core.step(read(C, TERM))).containsExactly(new ConfirmRead(7, 3));
        }

        @Test
        void oneOfFiveIsNoMajorityWithTheLeader() {
            Driver core = Driver.leader(config(A, FIVE), Restored.empty());
            core.receive(B, new Appended(1, 1));
            core.receive(C, new Appended(1, 1));
            core.persisted(1, 1);
            assertThat(core.step(read(C, 1))).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }
    }

    @Test
    void rejectsWhatWaitsWhenANewerTermComes() {
        Driver core = established();
        core.step(read(7));
        core.step(read(8));
        assertThat(core.receive(C, new HeartbeatReply(5, 0)))
                .containsExactly(new Effect.PersistVote(5, null), new RejectRead(7), new RejectRead(8));
    }

    @Test
    void rejectsWhatWaitsWhenNoMajorityAnswers() {
        Driver core = Driver.leader(3, 1, 3);
        core.step(read(7));
        assertThat(core.passMillis(1000)).containsExactly(new RejectRead(7));
    }
}
