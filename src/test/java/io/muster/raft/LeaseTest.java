package io.muster.raft;

import static io.muster.raft.Driver.answer;
import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.ELECTION_TIMEOUT_MILLIS;
import static io.muster.raft.Fixtures.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Effect.After;
import io.muster.raft.Effect.ConfirmRead;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import io.muster.raft.Message.RequestVote;
import io.muster.raft.Message.VoteReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Reads by a lease, where they are asked for (dissertation section 6.4.1). */
class LeaseTest {

    private static final long LEASE_MILLIS = ELECTION_TIMEOUT_MILLIS / 10 * 9;

    private static RaftConfig config(boolean leaseReads) {
        RaftConfig plain = Fixtures.config(A, THREE);
        return new RaftConfig(
                A,
                THREE,
                plain.electionTimeoutNanos(),
                plain.heartbeatIntervalNanos(),
                plain.maxAppendBytes(),
                plain.maxInflightMessages(),
                plain.maxInflightBytes(),
                plain.cacheBytes(),
                leaseReads,
                plain.diskStallNanos());
    }

    @Nested
    class Leader {

        /** Leads term 4; B has its no-op and has answered round 1, which went out with it. */
        private static Driver leader(boolean leaseReads) {
            Driver core = Driver.leader(config(leaseReads), Fixtures.restored(3, Fixtures.entries(1, 3)));
            core.receive(B, new Appended(4, 3));
            core.persisted(3, 4);
            core.receive(B, new HeartbeatReply(4, 1));
            return core;
        }

        private static Input read() {
            return new Input.Read(7, null);
        }

        @Test
        void answersAtOnceWhileItsLeaseLasts() {
            Driver core = leader(true);
            core.passMillis(LEASE_MILLIS - 1);
            assertThat(core.step(read())).containsExactly(new ConfirmRead(7, 3));
            core.passMillis(1);
            assertThat(core.step(read())).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }

        @Test
        void asksForEachReadUnlessLeasesAreOn() {
            assertThat(leader(false).step(read())).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }

        @Test
        @DisplayName("a process that was frozen has no lease left (yugabyte/yugabyte-db#16)")
        void aLeaseCountsFromWhenItWasAskedFor() {
            Driver core = leader(true);
            core.passMillis(100);
            core.passMillis(LEASE_MILLIS - 1);
            core.receive(B, new HeartbeatReply(4, 2));
            assertThat(core.step(read())).containsExactly(new ConfirmRead(7, 3));
            core.passMillis(1);
            assertThat(core.step(read())).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }

        @Test
        void hasNoneOnceItHandsOver() {
            Driver core = leader(true);
            core.step(new Input.TransferLeadership());
            assertThat(core.step(read())).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }

        @Test
        void waitsForTheFirstCommitOfItsTerm() {
            Driver core = Driver.leader(config(true), Fixtures.restored(3, Fixtures.entries(1, 3)));
            core.receive(B, new HeartbeatReply(4, 1));
            assertThat(core.step(read())).doesNotHaveAnyElementsOfTypes(ConfirmRead.class);
        }
    }

    @Nested
    class Voter {

        private static Driver follower(boolean leaseReads) {
            Driver core = Driver.follower(config(leaseReads), Fixtures.restored(3, Fixtures.entries(1, 3)));
            core.receive(B, appendEntries(3, 2, 3, 0));
            return core;
        }

        @Test
        void givesNoVoteWhileItsLeaderMayRelyOnIt() {
            Driver core = follower(true);
            core.passMillis(ELECTION_TIMEOUT_MILLIS - 1);
            assertThat(core.receive(C, new RequestVote(4, 2, 3)))
                    .containsExactly(answer(new VoteReply(3, false), After.VOTE));
        }

        @Test
        void givesItWhereNoLeaseIsAskedFor() {
            assertThat(follower(false).receive(C, new RequestVote(4, 2, 3)))
                    .contains(answer(new VoteReply(4, true), After.VOTE));
        }

        @Test
        void givesItToWhomTheLeaderHandsOver() {
            assertThat(follower(true).receive(C, new RequestVote(4, 2, 3, true)))
                    .contains(answer(new VoteReply(4, true), After.VOTE));
        }

        @Test
        void keepsToItThoughItLearnsOfANewerTerm() {
            Driver core = follower(true);
            core.receive(C, new Message.HeartbeatReply(4, 0));
            assertThat(core.receive(C, new RequestVote(4, 2, 3)))
                    .containsExactly(answer(new VoteReply(4, false), After.VOTE));
        }

        @Test
        void keepsToItAfterARestart() {
            Driver core = Driver.started(config(true), Fixtures.restored(3, Fixtures.entries(1, 3)));
            assertThat(core.receive(C, new RequestVote(4, 2, 3)))
                    .containsExactly(answer(new VoteReply(3, false), After.VOTE));
        }

        @Test
        void waitsTheLeaseOutThoughTheLeadersStreamCloses() {
            Driver core = follower(true);
            core.step(new Input.InboundClosed(B));
            core.passMillis(ELECTION_TIMEOUT_MILLIS - 1);
            assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
            core.passMillis(1);
            assertThat(core.status().role()).isEqualTo(Role.PRE_CANDIDATE);
        }

        @Test
        @DisplayName("a leader of an older term learns of the newer one, so nobody is stuck (etcd-io/etcd#8334)")
        void aLeaderLearnsOfTheNewerTermByItsHeartbeat() {
            Driver candidate = Driver.candidate(3, 1, 3);
            assertThat(candidate.receive(B, new Heartbeat(3, 0, 1)))
                    .containsExactly(answer(new HeartbeatReply(4, HeartbeatReply.NO_ROUND), After.VOTE));
        }
    }
}
