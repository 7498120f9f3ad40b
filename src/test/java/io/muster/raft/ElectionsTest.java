package io.muster.raft;

import static io.muster.raft.Driver.answer;
import static io.muster.raft.Driver.append;
import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.D;
import static io.muster.raft.Fixtures.FIVE;
import static io.muster.raft.Fixtures.ONE;
import static io.muster.raft.Fixtures.config;
import static io.muster.raft.Fixtures.noOp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Effect.After;
import io.muster.raft.Effect.PersistVote;
import io.muster.raft.Effect.Send;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import io.muster.raft.Message.PreVote;
import io.muster.raft.Message.PreVoteReply;
import io.muster.raft.Message.RequestVote;
import io.muster.raft.Message.VoteReply;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ElectionsTest {

    @Nested
    class Candidacy {

        @Test
        void asksForPreVotesOnceTheTimeoutHasPassed() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.passMillis(999)).isEmpty();
            assertThat(core.passMillis(1))
                    .containsExactly(send(B, new PreVote(4, 2, 3)), send(C, new PreVote(4, 2, 3)));
            assertThat(core.status().role()).isEqualTo(Role.PRE_CANDIDATE);
            assertThat(core.status().term()).isEqualTo(3);
        }

        @Test
        @DisplayName("draws one timeout for each wait, not one a tick (etcd-io/etcd#4887)")
        void drawsOneTimeoutForEachWait() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new Heartbeat(3, 0, 1));
            core.passMillis(500, 0.9);
            core.receive(B, new Heartbeat(3, 0, 2));
            for (int millis = 1; millis < 1900; millis++) {
                assertThat(core.passMillis(1, 0)).isEmpty();
            }
            assertThat(core.passMillis(1, 0)).hasSize(2);
        }

        @Test
        void startsAnElectionOnceAMajorityWouldVote() {
            Driver core = Driver.preCandidate(3, 1, 3);
            assertThat(core.receive(B, new PreVoteReply(4, true)))
                    .containsExactly(
                            new PersistVote(4, A),
                            new Send(B, new RequestVote(4, 2, 3), After.VOTE),
                            new Send(C, new RequestVote(4, 2, 3), After.VOTE));
            assertThat(core.status().role()).isEqualTo(Role.CANDIDATE);
        }

        @Test
        void ignoresPreVotesForAnotherTerm() {
            Driver core = Driver.preCandidate(3, 1, 3);
            assertThat(core.receive(B, new PreVoteReply(3, true))).isEmpty();
            assertThat(core.receive(B, new PreVoteReply(5, true))).isEmpty();
            assertThat(core.status().role()).isEqualTo(Role.PRE_CANDIDATE);
        }

        @Test
        void beginsAnewWhenNobodyWins() {
            Driver core = Driver.candidate(3, 1, 3);
            assertThat(core.passMillis(999)).isEmpty();
            assertThat(core.passMillis(1))
                    .containsExactly(send(B, new PreVote(5, 2, 3)), send(C, new PreVote(5, 2, 3)));
            assertThat(core.passMillis(1000))
                    .containsExactly(send(B, new PreVote(5, 2, 3)), send(C, new PreVote(5, 2, 3)));
        }

        @Test
        void leadsOnceAMajorityHasVoted() {
            Driver core = Driver.candidate(3, 1, 3);
            assertThat(core.receive(C, new VoteReply(4, true)))
                    .containsExactly(
                            append(noOp(3, 4)),
                            send(B, appendEntries(4, 2, 3, 0, noOp(3, 4))),
                            send(C, appendEntries(4, 2, 3, 0, noOp(3, 4))),
                            send(B, new Heartbeat(4, 0, 1)),
                            send(C, new Heartbeat(4, 0, 1)));
            assertThat(core.status().leader()).isEqualTo(A);
        }

        @Test
        @DisplayName("counts no vote of an old term (xnnyygn/xraft#33)")
        void countsNoVoteOfAnOldTerm() {
            Driver core = Driver.candidate(3, 1, 3);
            assertThat(core.receive(B, new VoteReply(3, true))).isEmpty();
            assertThat(core.status().role()).isEqualTo(Role.CANDIDATE);
        }

        @Test
        @DisplayName("counts a voter once, however often its answer arrives (xnnyygn/xraft#27)")
        void countsAVoterOnce() {
            Driver core = Driver.follower(config(A, FIVE), Restored.empty());
            core.passMillis(1000);
            core.receive(B, new PreVoteReply(1, true));
            assertThat(core.receive(B, new PreVoteReply(1, true))).isEmpty();
            core.receive(C, new PreVoteReply(1, true));
            core.receive(D, new VoteReply(1, true));
            assertThat(core.receive(D, new VoteReply(1, true))).isEmpty();
            assertThat(core.status().role()).isEqualTo(Role.CANDIDATE);
        }

        @Test
        void countsNoRefusal() {
            Driver core = Driver.preCandidate(3, 1, 3);
            assertThat(core.receive(B, new PreVoteReply(3, false))).isEmpty();
            assertThat(core.status().role()).isEqualTo(Role.PRE_CANDIDATE);
            core.receive(B, new PreVoteReply(4, true));
            assertThat(core.receive(B, new VoteReply(4, false))).isEmpty();
            assertThat(core.status().role()).isEqualTo(Role.CANDIDATE);
        }

        @Test
        void leadsAloneAtOnce() {
            Driver core = Driver.follower(config(A, ONE), Restored.empty());
            assertThat(core.passMillis(1000)).containsExactly(new PersistVote(1, A), append(noOp(1, 1)));
            assertThat(core.persisted(1, 1)).containsExactly(new Effect.Apply(1));
        }

        @Test
        void followsTheLeaderOfItsOwnTerm() {
            Driver core = Driver.candidate(3, 1, 3);
            assertThat(core.receive(C, new Heartbeat(4, 0, 1)))
                    .containsExactly(answer(new HeartbeatReply(4, 1), After.VOTE));
            assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
            assertThat(core.status().leader()).isEqualTo(C);
        }
    }

    @Nested
    class Voting {

        @Test
        @DisplayName("saves term and vote as one record before it answers (datatechnology/cornerstone#65)")
        void savesTermAndVoteBeforeItAnswers() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.receive(B, new RequestVote(4, 2, 3)))
                    .containsExactly(new PersistVote(4, B), answer(new VoteReply(4, true), After.VOTE));
        }

        @Test
        void votesOnceATerm() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new RequestVote(4, 2, 3));
            assertThat(core.receive(C, new RequestVote(4, 9, 3)))
                    .containsExactly(answer(new VoteReply(4, false), After.VOTE));
            assertThat(core.receive(B, new RequestVote(4, 2, 3)))
                    .containsExactly(answer(new VoteReply(4, true), After.VOTE));
        }

        @Test
        @DisplayName("keeps its vote as long as the term lasts (camunda/camunda#5356)")
        void keepsItsVoteAsLongAsTheTermLasts() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new RequestVote(4, 2, 3));
            core.receive(B, new Heartbeat(4, 0, 1));
            core.step(new Input.InboundClosed(B));
            core.passMillis(1000);
            core.receive(B, new Heartbeat(4, 0, 2));
            assertThat(core.receive(C, new RequestVote(4, 9, 4)))
                    .containsExactly(answer(new VoteReply(4, false), After.VOTE));
        }

        @Test
        void keepsItsVoteAcrossARestart() {
            Driver core =
                    Driver.follower(config(A, Fixtures.THREE), new Restored(4, B, LogStart.ZERO, List.of(), 0, 0, 0));
            assertThat(core.receive(C, new RequestVote(4, 9, 3)))
                    .containsExactly(answer(new VoteReply(4, false), After.VOTE));
            assertThat(core.receive(B, new RequestVote(4, 0, 0)))
                    .containsExactly(answer(new VoteReply(4, true), After.VOTE));
        }

        @Test
        @DisplayName("answers an old term with its own, and never goes back (vesoft-inc/nebula#2405)")
        void answersAnOldTermWithItsOwn() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.receive(B, new RequestVote(2, 9, 2)))
                    .containsExactly(answer(new VoteReply(3, false), After.VOTE));
            assertThat(core.receive(B, new VoteReply(1, true))).isEmpty();
            assertThat(core.status().term()).isEqualTo(3);
        }

        @Test
        void refusesAnOlderLogButEntersTheTerm() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.receive(B, new RequestVote(4, 1, 3)))
                    .containsExactly(new PersistVote(4, null), answer(new VoteReply(4, false), After.VOTE));
            assertThat(core.receive(B, new RequestVote(5, 9, 2)))
                    .containsExactly(new PersistVote(5, null), answer(new VoteReply(5, false), After.VOTE));
        }

        @Test
        void waitsForTheOneItVotedFor() {
            Driver core = Driver.follower(3, 1, 3);
            core.passMillis(900);
            core.receive(B, new RequestVote(4, 2, 3));
            assertThat(core.passMillis(999)).isEmpty();
            assertThat(core.passMillis(1)).hasSize(2);
        }

        @Test
        void givesUpItsOwnPreVoteForTheOneItVotedFor() {
            Driver core = Driver.preCandidate(3, 1, 3);
            assertThat(core.receive(B, new RequestVote(3, 2, 3)))
                    .containsExactly(new PersistVote(3, B), answer(new VoteReply(3, true), After.VOTE));
            assertThat(core.receive(C, new PreVoteReply(4, true))).isEmpty();
            assertThat(core.passMillis(999)).isEmpty();
        }

        @Test
        void aRefusalByOneWhoWasNeverWillingIsNoSplit() {
            Driver core = Driver.preCandidate(3, 1, 3);
            core.receive(C, new PreVoteReply(3, false));
            core.receive(B, new PreVoteReply(4, true));
            core.receive(C, new VoteReply(4, false));
            assertThat(core.passMillis(999)).isEmpty();
        }

        @Test
        void aSplitVoteIsTriedAnewSoon() {
            Driver core = Driver.candidate(3, 1, 3);
            core.receive(B, new VoteReply(4, false));
            assertThat(core.passMillis(249)).isEmpty();
            assertThat(core.passMillis(1))
                    .containsExactly(send(B, new PreVote(5, 2, 3)), send(C, new PreVote(5, 2, 3)));
        }

        @Test
        void aVoteThatComesBehindARefusalStillWins() {
            Driver core = Driver.candidate(3, 1, 3);
            core.receive(B, new VoteReply(4, false));
            core.receive(C, new VoteReply(4, true));
            assertThat(core.status().role()).isEqualTo(Role.LEADER);
        }

        @Test
        void candidateVotesForNobodyElse() {
            Driver core = Driver.candidate(3, 1, 3);
            assertThat(core.receive(B, new RequestVote(4, 9, 3)))
                    .containsExactly(answer(new VoteReply(4, false), After.VOTE));
        }
    }

    @Nested
    class PreVoting {

        @Test
        void promisesNothing() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.receive(B, new PreVote(4, 2, 3)))
                    .containsExactly(answer(new PreVoteReply(4, true), After.VOTE));
            assertThat(core.receive(C, new PreVote(9, 2, 3)))
                    .containsExactly(answer(new PreVoteReply(9, true), After.VOTE));
            assertThat(core.status().term()).isEqualTo(3);
        }

        @Test
        void refusesWhileItHearsOfALeader() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new Heartbeat(3, 0, 1));
            core.passMillis(999, 0.9);
            assertThat(core.receive(C, new PreVote(4, 9, 3)))
                    .containsExactly(answer(new PreVoteReply(3, false), After.VOTE));
        }

        @Test
        void grantsOnceTheLeaderIsSilentThoughItsOwnWaitIsLonger() {
            Driver core = Driver.follower(3, 1, 3);
            core.passMillis(0, 0.9);
            core.receive(B, new Heartbeat(3, 0, 1));
            assertThat(core.passMillis(1000)).isEmpty();
            assertThat(core.receive(C, new PreVote(4, 2, 3)))
                    .containsExactly(answer(new PreVoteReply(4, true), After.VOTE));
        }

        @Test
        void refusesAnOlderLogAndAnOldTerm() {
            Driver core = Driver.follower(3, 1, 3);
            assertThat(core.receive(B, new PreVote(4, 1, 3)))
                    .containsExactly(answer(new PreVoteReply(3, false), After.VOTE));
            assertThat(core.receive(B, new PreVote(3, 2, 3)))
                    .containsExactly(answer(new PreVoteReply(3, false), After.VOTE));
        }

        @Test
        void leaderRefuses() {
            Driver core = Driver.leader(3, 1, 3);
            assertThat(core.receive(C, new PreVote(5, 9, 4)))
                    .containsExactly(answer(new PreVoteReply(4, false), After.VOTE));
        }

        @Test
        @DisplayName("a replica with a newer term brings the others along: no deadlock (etcd-io/etcd#8334)")
        void learnsANewerTermFromARefusal() {
            Driver core = Driver.preCandidate(3, 1, 3);
            assertThat(core.receive(B, new PreVoteReply(6, false))).containsExactly(new PersistVote(6, null));
            assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
            assertThat(core.passMillis(1000))
                    .containsExactly(send(B, new PreVote(7, 2, 3)), send(C, new PreVote(7, 2, 3)));
        }

        @Test
        @DisplayName("a leader of an old term hears of the newer one by the answer (etcd-io/etcd#8334)")
        void tellsAnOldLeaderOfTheNewerTerm() {
            Driver core = Driver.follower(6, 1, 3);
            assertThat(core.receive(B, new Heartbeat(4, 2, 7)))
                    .containsExactly(answer(new HeartbeatReply(6, HeartbeatReply.NO_ROUND), After.VOTE));
            assertThat(core.status().leader()).isNull();
        }
    }

    @Nested
    class LosingTheLeader {

        @Test
        void seeksAnElectionSoonOnceTheLeadersStreamCloses() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new Heartbeat(3, 0, 1));
            core.passMillis(100, 0.5);
            assertThat(core.step(new Input.InboundClosed(B))).isEmpty();
            assertThat(core.status().leader()).isNull();
            assertThat(core.receive(C, new PreVote(4, 2, 3)))
                    .containsExactly(answer(new PreVoteReply(4, true), After.VOTE));
            assertThat(core.passMillis(149)).isEmpty();
            assertThat(core.passMillis(1)).hasSize(2);
        }

        @Test
        void staysCalmWhenAnotherStreamCloses() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new Heartbeat(3, 0, 1));
            core.step(new Input.InboundClosed(C));
            assertThat(core.status().leader()).isEqualTo(B);
            assertThat(core.passMillis(999)).isEmpty();
        }

        @Test
        void staysCalmWhenItsOwnStreamToTheLeaderCloses() {
            Driver core = Driver.follower(3, 1, 3);
            core.receive(B, new Heartbeat(3, 0, 1));
            core.step(new Input.OutboundClosed(B));
            assertThat(core.status().leader()).isEqualTo(B);
            assertThat(core.passMillis(999)).isEmpty();
        }

        @Test
        @DisplayName("a leader that no majority answers steps down (databendlabs/openraft#2080)")
        void leaderWithoutAMajorityStepsDown() {
            Driver core = Driver.leader(3, 1, 3);
            core.passMillis(600);
            core.receive(B, new HeartbeatReply(4, 1));
            core.passMillis(999);
            assertThat(core.status().role()).isEqualTo(Role.LEADER);
            core.passMillis(1);
            assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
            assertThat(core.status().leader()).isNull();
            assertThat(core.status().term()).isEqualTo(4);
        }

        @Test
        void answersOfOldTermsAreNoContact() {
            Driver core = Driver.leader(3, 1, 3);
            core.passMillis(600);
            core.receive(B, new HeartbeatReply(3, 1));
            core.receive(B, new Message.Appended(3, 2));
            core.passMillis(400);
            assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
        }

        @Test
        void leaderGivesWayToANewerTerm() {
            Driver core = Driver.leader(3, 1, 3);
            assertThat(core.receive(B, new Message.AppendRefused(5, 2, 2, 3)))
                    .containsExactly(new PersistVote(5, null));
            assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
        }
    }

    @Test
    void twoLeadersOfOneTermAreFatal() {
        Driver leader = Driver.leader(3, 1, 3);
        assertThatThrownBy(() -> leader.receive(B, new Heartbeat(4, 0, 1)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("node 2 leads term 4 beside node 1");
        Driver follower = Driver.follower(3, 1, 3);
        follower.receive(B, new Heartbeat(3, 0, 1));
        assertThatThrownBy(() -> follower.receive(C, appendEntries(3, 0, 0, 0)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("node 3 leads term 3 beside node 2");
    }

    @Test
    void refusesToStartWithATermBehindItsLogs() {
        Restored behind = Fixtures.restored(2, Fixtures.entries(1, 3));
        assertThatThrownBy(() -> new RaftCore(config(A, Fixtures.THREE), behind))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("the term is never behind the log's");
    }
}
