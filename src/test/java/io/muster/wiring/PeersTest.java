package io.muster.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.NodeId;
import org.junit.jupiter.api.Test;

class PeersTest {

    @Test
    void tellsWhoSharesAHost() {
        Peers peers = Peers.parse("1=127.0.0.1:50051,2=127.0.0.1:50052,3=[::1]:50051,4=[::1]:50052,5=[::2]:50051");

        assertThat(peers.onHostOf(new NodeId(1))).isEqualTo(2);
        assertThat(peers.onHostOf(new NodeId(4))).isEqualTo(2);
        assertThat(peers.onHostOf(new NodeId(5))).isEqualTo(1);
    }
}
