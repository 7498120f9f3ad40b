package io.muster.raft;

import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.D;
import static io.muster.raft.Fixtures.E;
import static io.muster.raft.Fixtures.FIVE;
import static io.muster.raft.Fixtures.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Message.AppendRefused;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import io.muster.raft.Message.RequestVote;
import io.muster.raft.Message.VoteReply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks through "In Search of an Understandable Consensus Algorithm (Extended Version)", section by section, with real
 * replicas. The invariants of its figure 3 are checked after every step, whatever a test asserts besides.
 */
class PaperTest {

    @Nested
    @DisplayName("5.1 Raft basics")
    class Basics {

        @Test
        void startsAsAFollowerInTheTermOnItsDisk() {
            Cluster cluster = Cluster.of(THREE).with(A, 3, 1, 3).start();
            assertThat(cluster.status(A)).isEqualTo(new RaftStatus(A, Role.FOLLOWER, 3, null, 0, 2, 2, false));
        }

        @Test
        void everyMessageOfANewerTermMakesAFollower() {
            Stream.of(
                            new RequestVote(9, 0, 0),
                            new VoteReply(9, false),
                            Driver.appendEntries(9, 9, 9, 0),
                            new Message.Appended(9, 0),
                            new AppendRefused(9, 0, 0, 0),
                            new Heartbeat(9, 0, 1),
                            new HeartbeatReply(9, 1),
                            new Message.PreVoteReply(9, false))
                    .forEach(message -> {
                        Driver leader = Driver.leader(3, 1, 3);
                        leader.receive(B, message);
                        assertThat(leader.status().term()).isEqualTo(9);
                        assertThat(leader.status().role()).isEqualTo(Role.FOLLOWER);
                    });
        }

        @Test
        void aLeaderThatWasAwayFollowsTheNewOne() {
            Cluster cluster = Cluster.of(THREE).start();
            assertThat(cluster.elect(A)).isTrue();
            cluster.lose(Cluster.toOrFrom(A));
            assertThat(cluster.elect(B)).isTrue();
            assertThat(cluster.status(A).role()).isEqualTo(Role.LEADER);
            cluster.lose(envelope -> false);
            cluster.heartbeat(A);
            cluster.heartbeat(B);
            assertThat(cluster.status(A).role()).isEqualTo(Role.FOLLOWER);
            assertThat(cluster.status(A).leader()).isEqualTo(B);
            assertThat(cluster.status(A).term()).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("5.2 Leader election")
    class LeaderElection {

        @Test
        void heartbeatsKeepFollowersCalm() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            for (int i = 0; i < 50; i++) {
                cluster.heartbeat(A);
                cluster.tick(B, 0);
                cluster.tick(C, 0);
            }
            assertThat(cluster.status(C)).isEqualTo(new RaftStatus(C, Role.FOLLOWER, 1, A, 1, 1, 1, false));
        }

        @Test
        void noMajorityNoLeader() {
            Cluster cluster = Cluster.of(FIVE).start();
            cluster.lose(Cluster.toOrFrom(A, B));
            assertThat(cluster.elect(A)).isFalse();
            assertThat(cluster.elect(C)).isTrue();
        }

        @Test
        void aSplitVoteIsDecidedByTheNextElection() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.crash(C);
            cluster.passMillis(2000);
            cluster.tick(A, 0);
            cluster.tick(B, 0.5);
            cluster.settle();
            assertThat(cluster.status(A).role()).isEqualTo(Role.CANDIDATE);
            assertThat(cluster.status(B).role()).isEqualTo(Role.CANDIDATE);
            cluster.passMillis(250);
            cluster.tick(A, 0);
            cluster.tick(B, 0.5);
            cluster.settle();
            assertThat(cluster.status(A).role()).isEqualTo(Role.LEADER);
            assertThat(cluster.status(A).term()).isEqualTo(2);
        }

        @Test
        @DisplayName("a cut-off replica that comes back disturbs nobody (pre-vote, dissertation 9.6)")
        void aReplicaThatComesBackDisturbsNobody() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.lose(Cluster.toOrFrom(C));
            for (int i = 0; i < 50; i++) {
                cluster.heartbeat(A);
                cluster.tick(B, 0);
                cluster.tick(C, 0);
            }
            assertThat(cluster.status(C).role()).isEqualTo(Role.PRE_CANDIDATE);
            cluster.lose(envelope -> false);
            cluster.settle();
            cluster.heartbeat(A);
            assertThat(cluster.status(A).role()).isEqualTo(Role.LEADER);
            assertThat(cluster.status(C).leader()).isEqualTo(A);
            assertThat(cluster.status(C).term()).isEqualTo(1);
        }

        @Test
        @DisplayName("a leader behind one-way links makes room for another (databendlabs/openraft#2080)")
        void aLeaderThatHearsNobodyMakesRoom() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.lose(envelope -> envelope.to().equals(A));
            for (int i = 0; i < 10; i++) {
                cluster.heartbeat(A);
            }
            assertThat(cluster.status(A).role()).isEqualTo(Role.FOLLOWER);
            assertThat(cluster.elect(B)).isTrue();
        }
    }

    @Nested
    @DisplayName("5.3 Log replication")
    class LogReplication {

        static Stream<Arguments> figure7() {
            return Stream.of(
                    Arguments.of("a", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6}),
                    Arguments.of("b", new long[] {1, 1, 1, 4}),
                    Arguments.of("c", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6}),
                    Arguments.of("d", new long[] {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7}),
                    Arguments.of("e", new long[] {1, 1, 1, 4, 4, 4, 4}),
                    Arguments.of("f", new long[] {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}));
        }

        @ParameterizedTest(name = "follower ({0})")
        @MethodSource("figure7")
        @DisplayName("figure 7: whatever a follower holds, the leader of term 8 makes its log equal")
        void figure7(String follower, long[] terms) {
            long[] leadersTerms = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};
            Cluster cluster = Cluster.of(THREE)
                    .with(A, 7, leadersTerms)
                    .with(B, 7, terms)
                    .with(C, 7, leadersTerms)
                    .start();
            assertThat(cluster.elect(A)).isTrue();
            assertThat(cluster.terms(A)).containsExactly(1L, 1L, 1L, 4L, 4L, 5L, 5L, 6L, 6L, 6L, 8L);
            assertThat(cluster.replica(B).log()).isEqualTo(cluster.replica(A).log());
            assertThat(cluster.replica(B).applied()).isEqualTo(11);
        }

        @Test
        void oneRefusalSkipsAllTermsInConflict() {
            Cluster cluster = Cluster.of(THREE)
                    .with(A, 7, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6)
                    .with(B, 7, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3)
                    .with(C, 7, 1, 1, 1, 4, 4, 5, 5, 6, 6, 6)
                    .start();
            cluster.elect(A);
            assertThat(cluster.terms(B)).isEqualTo(cluster.terms(A));
            assertThat(cluster.delivered().stream().map(Envelope::message).filter(AppendRefused.class::isInstance))
                    .hasSize(1);
        }

        @Test
        void aCommittedCommandIsAppliedEverywhere() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.propose(A, 1, "x");
            cluster.settle();
            for (TestReplica replica : cluster.replicas()) {
                assertThat(replica.applied()).isEqualTo(2);
                assertThat(replica.log().getLast()).isEqualTo(Fixtures.command(2, 1, "x"));
            }
        }

        @Test
        void aSlowMinorityHoldsNobodyUp() {
            Cluster cluster = Cluster.of(FIVE).start();
            cluster.elect(A);
            cluster.lose(Cluster.toOrFrom(D, E));
            cluster.propose(A, 1, "x");
            cluster.settle();
            assertThat(cluster.status(A).commitIndex()).isEqualTo(2);
            cluster.lose(envelope -> false);
            cluster.heartbeat(A);
            assertThat(cluster.replica(D).applied()).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("5.4.1 Election restriction")
    class ElectionRestriction {

        @Test
        void aLogThatLacksCommittedEntriesCannotWin() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.lose(Cluster.toOrFrom(C));
            cluster.propose(A, 1, "x");
            cluster.settle();
            cluster.crash(A);
            cluster.lose(envelope -> false);
            assertThat(cluster.elect(C)).isFalse();
            assertThat(cluster.elect(B)).isTrue();
            assertThat(cluster.replica(C).applied()).isEqualTo(3);
        }

        @Test
        void aLaterTermOutweighsALongerLog() {
            Cluster cluster = Cluster.of(THREE)
                    .with(A, 3, 1, 1, 1, 1)
                    .with(B, 3, 1, 3)
                    .with(C, 3, 1, 3)
                    .start();
            assertThat(cluster.elect(A)).isFalse();
            assertThat(cluster.elect(B)).isTrue();
            assertThat(cluster.terms(A)).containsExactly(1L, 3L, 4L);
        }
    }

    @Nested
    @DisplayName("5.4.2 Committing entries from previous terms (figure 8)")
    class EarlierTerms {

        private final Figure8 figure8 = new Figure8();
        private final Cluster cluster = figure8.cluster();

        @Test
        @DisplayName("(c) an entry of an earlier term on a majority is not committed by that (bakwc/PySyncObj#169)")
        void anEntryOnAMajorityIsNotCommittedByThat() {
            figure8.upToC();
            assertThat(cluster.status(A).commitIndex()).isZero();
        }

        @Test
        @DisplayName("(d) it may still be replaced by the leader of a later term")
        void itMayStillBeReplaced() {
            figure8.upToC();
            figure8.crashAAndHeal();
            assertThat(cluster.elect(E)).isTrue();
            cluster.restart(A);
            cluster.heartbeat(E);
            cluster.heartbeat(E);
            for (TestReplica replica : cluster.replicas()) {
                assertThat(cluster.terms(replica.id())).startsWith(1L, 3L).hasSize(3);
                assertThat(replica.applied()).isEqualTo(3);
            }
        }

        @Test
        @DisplayName("(e) an entry of the leader's own term on a majority commits it for good")
        void anEntryOfTheLeadersTermCommitsItForGood() {
            figure8.upToC();
            cluster.lose(Cluster.toOrFrom(D));
            cluster.closeStreams(A);
            cluster.heartbeat(A);
            assertThat(cluster.status(A).commitIndex()).isEqualTo(3);
            figure8.crashAAndHeal();
            assertThat(cluster.elect(E)).isFalse();
            assertThat(cluster.elect(C)).isTrue();
            assertThat(cluster.terms(E)).startsWith(1L, 2L, 4L);
        }
    }

    @Nested
    @DisplayName("5.5 Follower and candidate crashes")
    class Crashes {

        @Test
        void aFollowerThatWasDownGetsWhatItMissed() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.crash(B);
            cluster.propose(A, 1, "x");
            cluster.propose(A, 2, "y");
            cluster.settle();
            cluster.restart(B);
            cluster.heartbeat(A);
            assertThat(cluster.replica(B).log()).isEqualTo(cluster.replica(A).log());
            assertThat(cluster.replica(B).applied()).isEqualTo(3);
        }

        @Test
        void aRequestThatArrivesTwiceDoesNoHarm() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.propose(A, 1, "x");
            cluster.network().addAll(cluster.network());
            cluster.settle();
            cluster.propose(A, 2, "y");
            cluster.settle();
            List.copyOf(cluster.delivered()).forEach(cluster::deliver);
            cluster.settle();
            assertThat(cluster.replica(B).log()).isEqualTo(cluster.replica(A).log());
            assertThat(cluster.status(A).commitIndex()).isEqualTo(3);
        }

        @Test
        void whatWasNotYetDurableIsLostButWasNeverPromised() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.passMillis(1000);
            cluster.tick(A, 0);
            cluster.replica(B).step(new Input.Receive(A, new RequestVote(1, 0, 0)));
            assertThat(cluster.network()).noneMatch(envelope -> envelope.message() instanceof VoteReply);
            cluster.crash(B);
            cluster.restart(B);
            cluster.replica(B).step(new Input.Receive(C, new RequestVote(1, 0, 0)));
            cluster.replica(B).sync(1);
            assertThat(cluster.network()).contains(new Envelope(B, C, new VoteReply(1, true)));
        }
    }

    @Nested
    @DisplayName("8 Client interaction")
    class ClientInteraction {

        @Test
        void theNoOpCommitsWhatEarlierTermsLeft() {
            Cluster cluster = Cluster.of(THREE)
                    .with(A, 3, 1, 3)
                    .with(B, 3, 1, 3)
                    .with(C, 3, 1)
                    .start();
            assertThat(cluster.elect(A)).isTrue();
            assertThat(cluster.terms(C)).containsExactly(1L, 3L, 4L);
            assertThat(cluster.replica(C).applied()).isEqualTo(3);
        }

        @Test
        void aDeposedLeaderConfirmsNoRead() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            cluster.lose(Cluster.toOrFrom(A));
            cluster.elect(B);
            cluster.propose(B, 1, "x");
            cluster.settle();
            cluster.read(A, 7);
            cluster.settle();
            assertThat(cluster.reads().open()).containsExactly(7L);
            cluster.lose(envelope -> false);
            cluster.heartbeat(A);
            assertThat(cluster.reads().open()).isEmpty();
            assertThat(cluster.reads().confirmed()).isEmpty();
        }

        @Test
        @DisplayName("an answer to a heartbeat of a term before confirms no read of this one")
        void anAnswerToAHeartbeatOfATermBeforeConfirmsNoRead() {
            Cluster cluster = Cluster.of(THREE).start();
            cluster.elect(A);
            for (int i = 0; i < 5; i++) {
                cluster.heartbeat(A);
            }
            Envelope late = cluster.delivered().stream()
                    .filter(envelope -> envelope.to().equals(B) && envelope.message() instanceof Heartbeat)
                    .toList()
                    .getLast();
            cluster.crash(A);
            cluster.restart(A);
            cluster.elect(A);
            cluster.lose(envelope -> envelope.message() instanceof Heartbeat heartbeat && heartbeat.term() == 2);
            cluster.read(A, 7);
            cluster.deliver(late);
            cluster.settle();
            assertThat(cluster.reads().open()).containsExactly(7L);
        }
    }
}
