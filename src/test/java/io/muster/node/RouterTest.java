package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.NodeId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RouterTest {

    private static final NodeId SELF = new NodeId(1);

    private final Router router = new Router(
            SELF, () -> SELF, new ManualClock(), Duration.ofSeconds(2).toNanos());
    private int tries;

    @Test
    void aFaultReachesItsCallerAndNobodyElse() {
        CompletableFuture<Long> first = router.route(this::fault, leader -> fault());

        assertThat(first.exceptionNow()).hasMessage("a fault");
    }

    @Test
    void aFaultOfALaterTryDoesToo() {
        CompletableFuture<Long> first = router.route(this::refusedOnceThenFault, leader -> fault());
        assertThat(first).isNotDone();
        router.retryWaiting();

        assertThat(first.exceptionNow()).hasMessage("a fault");
    }

    private CompletableFuture<Long> refusedOnceThenFault() {
        return ++tries == 1 ? CompletableFuture.failedFuture(new ConsensusException.NoQuorum("not yet")) : fault();
    }

    private CompletableFuture<Long> fault() {
        throw new IllegalStateException("a fault");
    }
}
