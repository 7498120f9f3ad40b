package io.muster.raft;

import static io.muster.raft.Driver.answer;
import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.ELECTION_TIMEOUT_MILLIS;
import static io.muster.raft.Fixtures.THREE;
import static io.muster.raft.Fixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Effect.After;
import io.muster.raft.Message.PreVote;
import io.muster.raft.Message.PreVoteReply;
import io.muster.raft.Message.RequestVote;
import io.muster.raft.Message.VoteReply;
import org.junit.jupiter.api.Test;

/** A replica that may have heard of a leader right before it was restarted (docs/decisions/0009). */
class RestartedVoterTest {

    private static Driver restarted() {
        return Driver.started(config(A, THREE), Fixtures.restored(3, Fixtures.entries(1, 3)));
    }

    @Test
    void isLoyalForOneElectionTimeout() {
        Driver core = restarted();
        core.passMillis(ELECTION_TIMEOUT_MILLIS - 1);
        assertThat(core.receive(B, new PreVote(4, 2, 3)))
                .containsExactly(answer(new PreVoteReply(3, false), After.VOTE));
        core.passMillis(1);
        assertThat(core.receive(B, new PreVote(4, 2, 3)))
                .containsExactly(answer(new PreVoteReply(4, true), After.VOTE));
    }

    @Test
    void givesRealVotesAtOnce() {
        assertThat(restarted().receive(B, new RequestVote(4, 2, 3)))
                .containsExactly(new Effect.PersistVote(4, B), answer(new VoteReply(4, true), After.VOTE));
    }

    @Test
    void oneThatWasNeverInATermHasNobodyToBeLoyalTo() {
        assertThat(Driver.started(config(A, THREE), Restored.empty()).receive(B, new PreVote(1, 0, 0)))
                .containsExactly(answer(new PreVoteReply(1, true), After.VOTE));
    }
}
