package io.muster.raft;

import static io.muster.raft.Driver.appendEntries;
import static io.muster.raft.Driver.send;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.THREE;
import static io.muster.raft.Fixtures.command;
import static io.muster.raft.Fixtures.config;
import static io.muster.raft.Fixtures.propose;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Message.Appended;
import io.muster.raft.Message.HeartbeatReply;
import org.junit.jupiter.api.Test;

/** What was lost holds no room for ever: a follower would lag until the next election (etcd-io/etcd#14633). */
class LostWindowTest {

    @Test
    void aFullWindowThatAClosedStreamTookAlongIsSentAnew() {
        Driver core =
                Driver.leader(config(A, THREE, 1 << 20, 2, 1 << 20), Fixtures.restored(3, Fixtures.entries(1, 3)));
        core.receive(B, new Appended(4, 3));
        core.persisted(3, 4);
        core.step(propose(7, "x"));
        core.step(propose(8, "y"));

        core.step(new Input.OutboundClosed(B));
        core.receive(B, new HeartbeatReply(4, 1));

        assertThat(core.receive(B, new Appended(4, 3)))
                .containsExactly(send(B, appendEntries(4, 3, 4, 3, command(4, 4, "x"), command(5, 4, "y"))));
    }
}
