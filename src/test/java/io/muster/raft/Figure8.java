package io.muster.raft;

import static io.muster.raft.Fixtures.A;
import static io.muster.raft.Fixtures.B;
import static io.muster.raft.Fixtures.C;
import static io.muster.raft.Fixtures.E;
import static io.muster.raft.Fixtures.FIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Message.AppendEntries;
import java.util.function.Predicate;

/** The story of the paper's figure 8, up to the point where its two ends part. A is its S1, E its S5. */
final class Figure8 {

    private final Cluster cluster = new Cluster(FIVE, id -> Fixtures.config(id, FIVE, 1, 16, 0));

    Cluster cluster() {
        return cluster;
    }

    /** (a) to (c): entry 2 of term 2 is on A, B and C, and A leads term 4; E keeps another entry 2, of term 3. */
    void upToC() {
        FIVE.forEach(id -> cluster.with(id, 1, 1));
        cluster.start();
        loseAppendsBut(envelope -> envelope.to().equals(B));
        assertThat(cluster.elect(A)).isTrue();
        cluster.crash(A);

        loseAppendsBut(envelope -> false);
        assertThat(cluster.elect(E)).isTrue();
        cluster.crash(E);

        cluster.restart(A);
        assertThat(cluster.elect(A)).isTrue();
        assertThat(cluster.terms(A)).containsExactly(1L, 2L, 4L);
        loseAppendsBut(envelope -> envelope.to().equals(B)
                || (envelope.to().equals(C) && cluster.terms(C).size() < 2));
        cluster.closeStreams(A);
        cluster.heartbeat(A);
        assertThat(cluster.terms(B)).startsWith(1L, 2L);
        assertThat(cluster.terms(C)).containsExactly(1L, 2L);
        assertThat(cluster.replica(E).disk().log()).isEqualTo(Fixtures.entries(1, 3));
    }

    private void loseAppendsBut(Predicate<Envelope> exception) {
        cluster.lose(envelope -> envelope.message() instanceof AppendEntries && !exception.test(envelope));
    }

    /** A dies, E comes back, and the network works again. */
    void crashAAndHeal() {
        cluster.crash(A);
        cluster.lose(envelope -> false);
        cluster.restart(E);
    }
}
