package io.muster.raft;

import static io.muster.raft.Driver.append;
import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.THREE;
import static io.muster.raft.Fixtures.bytes;
import static io.muster.raft.Fixtures.command;
import static io.muster.raft.Fixtures.config;
import static io.muster.raft.Fixtures.noOp;
import static io.muster.raft.Fixtures.propose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Effect.Accept;
import io.muster.raft.Effect.Apply;
import io.muster.raft.Effect.Fetch;
import io.muster.raft.Message.AppendRefused;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Node A leads term 4 of three replicas; entries 1 and 2 are of earlier terms, 3 is its no-op. */
class LeadingTest {

    private static final RaftConfig DEFAULTS = config(A, THREE);

    private static Driver leader(RaftConfig config) {
        return Driver.leader(config, Fixtures.restored(3, Fixtures.entries(1, 3)));
    }

    /** The no-op is committed by A and B; C has not answered. */
    private static Driver established(RaftConfig config) {
        Driver core = leader(config);
        core.receive(B, new Appended(4, 3));
        core.persisted(3, 4);
        return core;
    }

    @Nested
    class Committing {

        @Test
        @DisplayName("commits no entry of an earlier term by counting (bakwc/PySyncObj#169)")
        void commitsNoEntryOfAnEarlierTermByCounting() {
            Driver core = leader(DEFAULTS);
            assertThat(core.receive(B, new Appended(4, 2)))
                    .containsExactly(send(B, appendEntries(4, 2, 3, 0, noOp(3, 4))));
            assertThat(core.receive(C, new Appended(4, 2)))
                    .containsExactly(send(C, appendEntries(4, 2, 3, 0, noOp(3, 4))));
            assertThat(core.status().commitIndex()).isZero();
        }

        @Test
        void itsOwnCopyCountsOnceItIsDurable() {
            Driver core = leader(DEFAULTS);
            assertThat(core.receive(B, new Appended(4, 3))).isEmpty();
            assertThat(core.persisted(3, 4)).containsExactly(new Apply(3), send(B, appendEntries(4, 3, 4, 3)));
        }

        @Test
        void commitsByItsFollowersAloneButAppliesOnceDurable() {
            Driver core = leader(DEFAULTS);
            core.receive(B, new Appended(4, 3));
            assertThat(core.receive(C, new Appended(4, 3)))
                    .containsExactly(
                            new Apply(2), send(B, appendEntries(4, 3, 4, 3)), send(C, appendEntries(4, 3, 4, 3)));
            assertThat(core.persisted(3, 4)).containsExactly(new Apply(3));
        }

        @Test
        void acknowledgementsOfAnOldTermCountForNothing() {
            Driver core = leader(DEFAULTS);
            core.persisted(3, 4);
            assertThat(core.receive(B, new Appended(3, 3))).isEmpty();
            assertThat(core.status().commitIndex()).isZero();
        }

        @Test
        @DisplayName("what it knows of a follower never goes back (matchIndex, nextIndex, commitIndex)")
        void whatItKnowsOfAFollowerNeverGoesBack() {
            Driver core = established(DEFAULTS);
            assertThat(core.receive(B, new Appended(4, 1))).isEmpty();
            assertThat(core.status().commitIndex()).isEqualTo(3);
            assertThat(core.step(propose(7, "x")))
                    .containsExactly(
                            new Accept(7, 4, 4),
                            append(command(4, 4, "x")),
                            send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"))));
            assertThat(core.passMillis(100)).contains(send(B, new Heartbeat(4, 3, 2)));
        }

        @Test
        @DisplayName("a heartbeat carries no commit index beyond what its receiver is known to hold")
        void boundsTheCommitIndexOfAHeartbeat() {
            Driver core = established(DEFAULTS);
            assertThat(core.passMillis(100))
                    .containsExactly(send(B, new Heartbeat(4, 3, 2)), send(C, new Heartbeat(4, 0, 2)));
        }

        @Test
        void sendsAHeartbeatEachInterval() {
            Driver core = established(DEFAULTS);
            assertThat(core.passMillis(99)).isEmpty();
            assertThat(core.passMillis(1)).hasSize(2);
            assertThat(core.passMillis(99)).isEmpty();
        }
    }

    @Nested
    class Pipelining {

        @Test
        void sendsEntriesWithoutWaitingForAnswersOrItsDisk() {
            Driver core = established(DEFAULTS);
            core.step(propose(7, "x"));
            assertThat(core.step(propose(8, "y")))
                    .containsExactly(
                            new Accept(8, 5, 4),
                            append(command(5, 4, "y")),
                            send(B, appendEntries(4, 4, 4, 3, command(5, 4, "y"))));
        }

        @Test
        void acceptsABatchInItsOrder() {
            Driver core = established(DEFAULTS);
            assertThat(core.step(new Input.Propose(
                            List.of(new Input.Proposal(7, bytes("x")), new Input.Proposal(8, bytes("y"))))))
                    .containsExactly(
                            new Accept(7, 4, 4),
                            new Accept(8, 5, 4),
                            append(command(4, 4, "x"), command(5, 4, "y")),
                            send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"), command(5, 4, "y"))));
        }

        @Test
        void stopsAtAFullWindowAndGoesOnWithTheFirstAnswer() {
            Driver core = established(config(A, THREE, 1 << 20, 2, 1 << 20));
            core.step(propose(7, "x"));
            core.step(propose(8, "y"));
            assertThat(core.step(propose(9, "z"))).containsExactly(new Accept(9, 6, 4), append(command(6, 4, "z")));
            assertThat(core.receive(B, new Appended(4, 4)))
                    .containsExactly(send(B, appendEntries(4, 5, 4, 3, command(6, 4, "z"))));
        }

        @Test
        @DisplayName("a window whose answers are lost opens again: nobody lags for ever (etcd-io/etcd#14633)")
        void aWindowWhoseAnswersAreLostOpensAgain() {
            Driver core = established(config(A, THREE, 1 << 20, 2, 1 << 20));
            core.step(propose(7, "x"));
            core.step(propose(8, "y"));
            core.step(propose(9, "z"));
            assertThat(core.receive(B, new HeartbeatReply(4, 1))).containsExactly(send(B, appendEntries(4, 5, 4, 3)));
            assertThat(core.receive(B, new Appended(4, 5)))
                    .contains(send(B, appendEntries(4, 5, 4, 3, command(6, 4, "z"))));
        }

        @Test
        void aWindowThatWasLostIsSentAgain() {
            Driver core = established(config(A, THREE, 1 << 20, 2, 1 << 20));
            core.step(propose(7, "x"));
            core.step(propose(8, "y"));
            core.step(propose(9, "z"));
            core.receive(B, new HeartbeatReply(4, 1));
            assertThat(core.receive(B, new AppendRefused(4, 5, 3, 4)))
                    .containsExactly(send(
                            B, appendEntries(4, 3, 4, 3, command(4, 4, "x"), command(5, 4, "y"), command(6, 4, "z"))));
        }

        @Test
        void asksOneQuestionAtATimeAndAgainOnceItMayBeLost() {
            Driver core = established(DEFAULTS);
            core.step(propose(7, "x"));
            core.receive(B, new HeartbeatReply(4, 1));
            core.passMillis(900);
            assertThat(core.receive(B, new HeartbeatReply(4, 2))).isEmpty();
            core.passMillis(100);
            assertThat(core.receive(B, new HeartbeatReply(4, 3))).containsExactly(send(B, appendEntries(4, 4, 4, 3)));
        }

        @Test
        void findsOutThatTheLastRequestWasLost() {
            Driver core = established(DEFAULTS);
            core.step(propose(7, "x"));
            assertThat(core.receive(B, new HeartbeatReply(4, 1))).containsExactly(send(B, appendEntries(4, 4, 4, 3)));
            assertThat(core.receive(B, new AppendRefused(4, 4, 3, 4)))
                    .containsExactly(send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"))));
        }

        @Test
        @DisplayName("batches are bounded in bytes (Jille/raft-grpc-transport#9, ArcadeData/arcadedb#4752)")
        void batchesAreBoundedInBytes() {
            int twoEntries = 2 * Entry.OVERHEAD_BYTES + 2;
            Driver core = established(config(A, THREE, twoEntries, 16, 1 << 20));
            List<Effect> effects = core.step(new Input.Propose(List.of(
                    new Input.Proposal(7, bytes("v")),
                    new Input.Proposal(8, bytes("w")),
                    new Input.Proposal(9, bytes("larger than the bound: ".repeat(9))),
                    new Input.Proposal(10, bytes("x")))));
            assertThat(effects.subList(5, effects.size()))
                    .containsExactly(
                            send(B, appendEntries(4, 3, 4, 3, command(4, 4, "v"), command(5, 4, "w"))),
                            send(B, appendEntries(4, 5, 4, 3, command(6, 4, "larger than the bound: ".repeat(9)))),
                            send(B, appendEntries(4, 6, 4, 3, command(7, 4, "x"))));
        }
    }

    @Nested
    class Probing {

        @Test
        void sendsOneRequestUntilItIsAnswered() {
            Driver core = leader(DEFAULTS);
            assertThat(core.step(propose(7, "x"))).containsExactly(new Accept(7, 4, 4), append(command(4, 4, "x")));
            assertThat(core.receive(B, new Appended(4, 3)))
                    .containsExactly(send(B, appendEntries(4, 3, 4, 0, command(4, 4, "x"))));
        }

        @Test
        @DisplayName("entries do not pile up on a slow connection: what is unanswered is asked for without them")
        void sendsALostRequestAgainOnceItIsKnownToBeLost() {
            Driver core = leader(DEFAULTS);
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).containsExactly(send(C, appendEntries(4, 2, 3, 0)));
            assertThat(core.receive(C, new Appended(4, 2)))
                    .containsExactly(send(C, appendEntries(4, 2, 3, 0, noOp(3, 4))));
        }

        @Test
        void aRefusalMovesBackWhereTheLogsMayAgree() {
            Driver core = leader(DEFAULTS);
            assertThat(core.receive(C, new AppendRefused(4, 2, 1, 1)))
                    .containsExactly(new Fetch(C, 4, 2, DEFAULTS.maxAppendBytes()));
        }

        @Test
        void aRefusalWithAHintBeyondItsOwnLogStillMovesBack() {
            Driver core = leader(DEFAULTS);
            assertThat(core.receive(C, new AppendRefused(4, 2, 9, 9)))
                    .containsExactly(new Fetch(C, 4, 2, DEFAULTS.maxAppendBytes()));
        }

        @Test
        void lateAndDoubledRefusalsChangeNothing() {
            Driver core = leader(config(A, THREE, 1 << 20, 16, 1 << 20));
            core.receive(C, new AppendRefused(4, 2, 0, 0));
            assertThat(core.receive(C, new AppendRefused(4, 2, 0, 0))).isEmpty();
            core.step(new Input.Fetched(C, 4, List.of(noOp(1, 1), noOp(2, 3))));
            assertThat(core.receive(C, new AppendRefused(4, 2, 0, 0))).isEmpty();
            assertThat(core.receive(C, new Appended(4, 2)))
                    .containsExactly(send(C, appendEntries(4, 2, 3, 0, noOp(3, 4))));
            assertThat(core.receive(C, new AppendRefused(4, 2, 0, 0))).isEmpty();
        }

        @Test
        @DisplayName("nothing at or below what is acknowledged is sent again: nextIndex > matchIndex")
        void neverSeeksBehindWhatIsAcknowledged() {
            Driver core = established(DEFAULTS);
            core.step(propose(7, "x"));
            assertThat(core.receive(B, new AppendRefused(4, 4, 0, 0)))
                    .containsExactly(send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"))));
        }
    }

    @Nested
    class Fetching {

        @Test
        void passesOnWhatCameFromTheLog() {
            Driver core = leader(DEFAULTS);
            core.receive(C, new AppendRefused(4, 2, 0, 0));
            assertThat(core.step(new Input.Fetched(C, 4, List.of(noOp(1, 1), noOp(2, 3)))))
                    .containsExactly(send(C, appendEntries(4, 0, 0, 0, noOp(1, 1), noOp(2, 3))));
        }

        @Test
        void asksForOneBatchAtATime() {
            Driver core = leader(DEFAULTS);
            core.receive(C, new AppendRefused(4, 2, 0, 0));
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).isEmpty();
            assertThat(core.step(propose(7, "x"))).doesNotHaveAnyElementsOfTypes(Fetch.class);
        }

        @Test
        void dropsWhatWasFetchedForAnOldTerm() {
            Driver core = leader(DEFAULTS);
            core.receive(C, new AppendRefused(4, 2, 0, 0));
            assertThat(core.step(new Input.Fetched(C, 3, List.of(noOp(1, 1))))).isEmpty();
        }

        @Test
        void fetchesAnewWhatIsSoughtElsewhereMeanwhile() {
            Driver core = leader(DEFAULTS);
            core.receive(C, new AppendRefused(4, 2, 0, 0));
            core.receive(C, new Appended(4, 1));
            assertThat(core.step(new Input.Fetched(C, 4, List.of(noOp(1, 1), noOp(2, 3)))))
                    .containsExactly(new Fetch(C, 4, 2, DEFAULTS.maxAppendBytes()));
        }

        @Test
        void keepsNoMoreDurableEntriesInMemoryThanItMay() {
            Driver core = established(config(A, THREE, 1 << 20, 16, 0));
            core.step(propose(7, "x"));
            core.persisted(4, 4);
            assertThat(core.receive(B, new AppendRefused(4, 4, 3, 4)))
                    .containsExactly(new Fetch(B, 4, 4, DEFAULTS.maxAppendBytes()));
        }
    }

    @Nested
    class Disconnecting {

        @Test
        void sendsAgainWhatWasOnTheWay() {
            Driver core = established(DEFAULTS);
            core.step(propose(7, "x"));
            assertThat(core.step(new Input.OutboundClosed(B))).isEmpty();
            assertThat(core.step(propose(8, "y"))).containsExactly(new Accept(8, 5, 4), append(command(5, 4, "y")));
            assertThat(core.receive(B, new HeartbeatReply(4, 1))).containsExactly(send(B, appendEntries(4, 3, 4, 3)));
            assertThat(core.receive(B, new Appended(4, 3)))
                    .containsExactly(send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"), command(5, 4, "y"))));
        }

        @Test
        void anAnswerLetsAFollowerThatLacksNothingBackIn() {
            Driver core = established(DEFAULTS);
            core.step(new Input.OutboundClosed(B));
            core.receive(B, new HeartbeatReply(4, 1));
            assertThat(core.receive(B, new Appended(4, 3))).isEmpty();
            assertThat(core.step(propose(7, "x"))).contains(send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"))));
        }

        @Test
        void dropsAFetchThatTheDisconnectOvertook() {
            Driver core = leader(DEFAULTS);
            core.receive(C, new AppendRefused(4, 2, 1, 1));
            core.step(new Input.OutboundClosed(C));
            assertThat(core.step(new Input.Fetched(C, 4, List.of(noOp(2, 3))))).isEmpty();
            assertThat(core.receive(C, new HeartbeatReply(4, 1))).containsExactly(send(C, appendEntries(4, 1, 1, 0)));
            assertThat(core.receive(C, new Appended(4, 1)))
                    .containsExactly(new Fetch(C, 4, 2, DEFAULTS.maxAppendBytes()));
        }
    }

    @Test
    void aStrangersAnswerIsFatal() {
        Driver core = leader(DEFAULTS);
        assertThatThrownBy(() -> core.receive(Fixtures.E, new Appended(4, 3)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("node 5 is no member");
    }

    @Test
    void aBatchOfNoProposalsIsRefused() {
        assertThatThrownBy(() -> new Input.Propose(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
