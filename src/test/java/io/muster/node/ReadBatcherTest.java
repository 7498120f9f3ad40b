package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadBatcherTest {

    private final List<CompletableFuture<Long>> sought = new ArrayList<>();
    private final ReadBatcher reads = new ReadBatcher(() -> {
        CompletableFuture<Long> point = new CompletableFuture<>();
        sought.add(point);
        return point;
    });

    @Test
    void aPointThatIsSoughtAlreadySaysNothingToThoseWhoComeLater() {
        CompletableFuture<Long> first = reads.join();
        CompletableFuture<Long> second = reads.join();
        CompletableFuture<Long> third = reads.join();
        sought.getFirst().complete(7L);

        assertThat(first).isCompletedWithValue(7L);
        assertThat(second).isNotDone();
        assertThat(sought).hasSize(2);
        sought.getLast().complete(9L);
        assertThat(second).isCompletedWithValue(9L);
        assertThat(third).isCompletedWithValue(9L);
    }

    @Test
    void afterAFailureItSeeksAnew() {
        CompletableFuture<Long> first = reads.join();
        CompletableFuture<Long> second = reads.join();
        ConsensusException failure = new ConsensusException.NoQuorum("nobody there");
        sought.getFirst().completeExceptionally(failure);

        assertThat(first.exceptionNow()).isSameAs(failure);
        sought.getLast().complete(9L);
        assertThat(second).isCompletedWithValue(9L);
    }
}
