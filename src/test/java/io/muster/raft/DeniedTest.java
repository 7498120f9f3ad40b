package io.muster.raft;

import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.THREE;
import static io.muster.raft.Fixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Message.AppendRefused;
import io.muster.raft.Message.Appended;
import io.muster.raft.Message.Heartbeat;
import io.muster.raft.Message.HeartbeatReply;
import org.junit.jupiter.api.Test;

/** A follower whose data were deleted denies what it has acknowledged. */
class DeniedTest {

    private static final AppendRefused DENIAL = new AppendRefused(4, 3, 0, 0);

    /** A leader of which B has all there is, and has been away since. */
    private static Driver leader() {
        Driver core =
                Driver.leader(config(A, THREE, 1 << 20, 2, 1 << 20), Fixtures.restored(3, Fixtures.entries(1, 3)));
        core.persisted(3, 4);
        core.receive(B, new Appended(4, 3));
        core.step(new Input.OutboundClosed(B));
        assertThat(core.receive(B, new HeartbeatReply(4, 1))).containsExactly(send(B, appendEntries(4, 3, 4, 3)));
        return core;
    }

    @Test
    void isSentEverythingAgainOnceItHasSaidSoThreeTimes() {
        Driver core = leader();
        assertThat(core.receive(B, DENIAL)).isEmpty();
        assertThat(core.receive(B, DENIAL)).isEmpty();
        assertThat(core.receive(B, DENIAL))
                .containsExactly(new Effect.ReportDenial(B, 3), new Effect.Fetch(B, 4, 1, 1 << 20));
    }

    @Test
    void nothingIsTakenForAcknowledgedThatItOnlyMayHave() {
        Driver core = leader();
        AppendRefused denial = new AppendRefused(4, 3, 1, 1);
        core.receive(B, denial);
        core.receive(B, denial);
        assertThat(core.receive(B, denial))
                .containsExactly(new Effect.ReportDenial(B, 3), new Effect.Fetch(B, 4, 2, 1 << 20));
        assertThat(core.passMillis(Fixtures.HEARTBEAT_MILLIS)).contains(send(B, new Heartbeat(4, 0, 2)));
    }

    @Test
    void isNotBelievedWhereItAcknowledgesInBetween() {
        Driver core = leader();
        core.receive(B, DENIAL);
        core.receive(B, DENIAL);
        core.receive(B, new Appended(4, 3));
        core.step(new Input.OutboundClosed(B));
        assertThat(core.receive(B, DENIAL)).isEmpty();
        assertThat(core.receive(B, DENIAL)).isEmpty();
    }
}
