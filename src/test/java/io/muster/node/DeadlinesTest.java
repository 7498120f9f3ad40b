package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines(100);
    private final CompletableFuture<String> future = new CompletableFuture<>();

    DeadlinesTest() {
        deadlines.add(5, future, () -> new ConsensusException.NoQuorum("too late"));
    }

    @Test
    void failsWhatIsNotDoneInTime() {
        assertThat(deadlines.expire(104)).isFalse();
        assertThat(future).isNotDone();
        assertThat(deadlines.expire(105)).isTrue();
        assertThat(future.exceptionNow()).hasMessage("too late");
    }

    @Test
    void tellsOfWhatWasGivenUpBefore() {
        future.cancel(false);
        assertThat(deadlines.expire(6)).isTrue();
        assertThat(deadlines.expire(7)).isFalse();
    }

    @Test
    void forgetsWhatSucceeded() {
        future.complete("done");
        assertThat(deadlines.expire(200)).isFalse();
        assertThat(future).isCompletedWithValue("done");
    }
}
