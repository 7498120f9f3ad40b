package io.muster.raft;

import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.DISK_STALL_MILLIS;
import static io.muster.raft.Fixtures.ELECTION_TIMEOUT_MILLIS;
import static io.muster.raft.Fixtures.HEARTBEAT_MILLIS;
import static io.muster.raft.Fixtures.noOp;
import static io.muster.raft.Fixtures.propose;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Message.Appended;
import io.muster.raft.Message.HeartbeatReply;
import io.muster.raft.Message.TimeoutNow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A disk that makes no progress. */
class DiskStallTest {

    private static Driver leader() {
        Driver core = Driver.leader(3, 1, 3);
        core.receive(B, new Appended(4, 3));
        core.persisted(3, 4);
        return core;
    }

    /** Time passes, and both followers are there all along. */
    private static void passInContact(Driver core, long millis) {
        for (long passed = 0; passed < millis; passed += HEARTBEAT_MILLIS) {
            core.receive(B, new HeartbeatReply(4, 1));
            core.receive(C, new HeartbeatReply(4, 1));
            core.passMillis(Math.min(HEARTBEAT_MILLIS, millis - passed));
        }
    }

    @Test
    @DisplayName("a leader whose disk hangs steps down (hashicorp/raft#503, #614)")
    void aLeaderStepsDown() {
        Driver core = leader();
        core.step(propose(1, "stuck"));
        passInContact(core, DISK_STALL_MILLIS - 1);
        assertThat(core.status().role()).isEqualTo(Role.LEADER);
        assertThat(core.status().diskStalls()).isFalse();
        core.passMillis(1);
        assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
        assertThat(core.status().diskStalls()).isTrue();
    }

    @Test
    void aSlowDiskThatWritesIsNotStalled() {
        Driver core = leader();
        for (long index = 4; index < 8; index++) {
            core.step(propose(index, "slow"));
            passInContact(core, DISK_STALL_MILLIS - 1);
            core.persisted(index, 4);
        }
        assertThat(core.status().role()).isEqualTo(Role.LEADER);
    }

    @Test
    void doesNotSeekToLeadUntilItsDiskWrites() {
        Driver core = Driver.follower(3, 1, 3);
        core.receive(B, appendEntries(3, 2, 3, 0, noOp(3, 3)));
        core.passMillis(DISK_STALL_MILLIS);
        core.passMillis(2 * ELECTION_TIMEOUT_MILLIS);
        assertThat(core.status().role()).isEqualTo(Role.FOLLOWER);
        core.persisted(3, 3);
        core.passMillis(1);
        assertThat(core.status().role()).isEqualTo(Role.PRE_CANDIDATE);
    }

    @Test
    void takesNoLeadershipOver() {
        Driver core = Driver.follower(3, 1, 3);
        core.receive(B, appendEntries(3, 2, 3, 0, noOp(3, 3)));
        core.passMillis(DISK_STALL_MILLIS);
        core.receive(B, appendEntries(3, 3, 3, 0));
        assertThat(core.receive(B, new TimeoutNow(3))).hasSize(1);
        assertThat(core.status().term()).isEqualTo(3);
    }
}
