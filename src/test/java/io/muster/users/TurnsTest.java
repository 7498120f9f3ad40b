package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two at once of one origin. */
@Timeout(60)
class TurnsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Turns turns = new Turns(2);

    private static Deadline far() {
        return Deadline.after(LONG);
    }

    private CompletableFuture<Turns.Turn> call(String origin) {
        CompletableFuture<Turns.Turn> turn = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                turn.complete(turns.await(origin, far()));
            } catch (InterruptedException | TimeoutException e) {
                turn.completeExceptionally(e);
            }
        });
        return turn;
    }

    @Test
    void letsSoManyOfOneOriginGoOnAndEachOtherOrigin() throws Exception {
        try (Turns.Turn _ = turns.await("one", far());
                Turns.Turn _ = turns.await("one", far())) {
            CompletableFuture<Turns.Turn> third = call("one");
            await().until(() -> turns.waiting("one") == 1);

            turns.await("other", far()).close();

            assertThat(third).isNotDone();
            assertThat(turns.waiting("other")).isZero();
        }
    }

    @Test
    void servesThoseWhoWaitInTheOrderInWhichTheyCame() throws Exception {
        Turns.Turn first = turns.await("one", far());
        Turns.Turn second = turns.await("one", far());
        List<CompletableFuture<Turns.Turn>> waiting = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            int soMany = i;
            waiting.add(call("one"));
            await().until(() -> turns.waiting("one") == soMany);
        }

        first.close();
        Turns.Turn third = waiting.get(0).join();
        assertThat(waiting.get(1)).isNotDone();
        second.close();
        waiting.get(1).join().close();
        waiting.get(2).join().close();
        third.close();

        assertThat(turns.waiting("one")).isZero();
    }

    @Test
    void givesUpAtTheDeadlineAndLeavesNothingBehind() throws Exception {
        Turns.Turn first = turns.await("one", far());
        Turns.Turn second = turns.await("one", far());

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> turns.await("one", Deadline.after(Duration.ofMillis(10))));
        }

        assertThat(turns.waiting("one")).isZero();
        first.close();
        second.close();
        try (Turns.Turn _ = turns.await("one", far());
                Turns.Turn _ = turns.await("one", far())) {
            assertThat(turns.waiting("one")).isZero();
        }
    }

    @Test
    void isInterruptedWhileItWaits() throws Exception {
        try (Turns.Turn _ = turns.await("one", far());
                Turns.Turn _ = turns.await("one", far())) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> turns.await("one", far()));
            assertThat(turns.waiting("one")).isZero();
        }
    }
}
