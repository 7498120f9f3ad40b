package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.muster.node.ConsensusException.Overloaded;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread and one place in the queue. */
@Timeout(60)
class HashPoolTest {

    private static final Executor CALLERS = task -> Thread.ofVirtual().start(task);

    private final HashPool pool = new HashPool(new HashParameters(8, 1), 1, 1);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayEnd.countDown();
        pool.close();
    }

    private static Deadline far() {
        return Deadline.after(Duration.ofMinutes(5));
    }

    private static Deadline passed() {
        return Deadline.after(Duration.ZERO);
    }

    private CompletableFuture<String> occupyTheThread() throws InterruptedException {
        CompletableFuture<String> occupant = call("occupant", far(), true);
        started.await();
        return occupant;
    }

    private CompletableFuture<String> call(String answer, Deadline deadline, boolean blocks) {
        return CompletableFuture.supplyAsync(
                () -> pool.run(
                        argon2 -> {
                            if (blocks) {
                                started.countDown();
                                awaitEnd();
                            }
                            return answer;
                        },
                        deadline),
                CALLERS);
    }

    private void awaitEnd() {
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void answers() {
        assertThat(pool.<String>run(argon2 -> "done", far())).isEqualTo("done");
    }

    @Test
    void refusesWhenItsQueueIsFull() throws Exception {
        CompletableFuture<String> occupant = occupyTheThread();
        CompletableFuture<String> one = call("queued", far(), false);
        CompletableFuture<String> other = call("queued", far(), false);

        // There is room for one of them: the first to end can only be the other, refused.
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> CompletableFuture.anyOf(one, other).join())
                .withCauseInstanceOf(Overloaded.class);

        mayEnd.countDown();
        assertThat(occupant.join()).isEqualTo("occupant");
        assertThat((one.isCompletedExceptionally() ? other : one).join()).isEqualTo("queued");
    }

    @Test
    void dropsATaskThatWaitedTooLongAndFreesItsPlace() throws Exception {
        CompletableFuture<String> occupant = occupyTheThread();
        AtomicBoolean ran = new AtomicBoolean();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> pool.run(
                            argon2 -> {
                                ran.set(true);
                                return "too late";
                            },
                            Deadline.after(Duration.ofMillis(20))))
                    .withMessageContaining("waited too long");
        }

        mayEnd.countDown();
        assertThat(occupant.join()).isEqualTo("occupant");
        assertThat(pool.<String>run(argon2 -> "next", far())).isEqualTo("next");
        assertThat(ran).isFalse();
    }

    @Test
    void startsNothingWhoseDeadlineHasPassed() {
        AtomicBoolean ran = new AtomicBoolean();

        assertThatExceptionOfType(Overloaded.class)
                .isThrownBy(() -> pool.run(
                        argon2 -> {
                            ran.set(true);
                            return "too late";
                        },
                        passed()));

        assertThat(pool.<String>run(argon2 -> "fence", far())).isEqualTo("fence");
        assertThat(ran).isFalse();
    }

    @Test
    void givesUpAHashThatRunsPastTheDeadline() {
        CompletableFuture<String> slow = call("slow", Deadline.after(Duration.ofMillis(200)), true);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(slow::join)
                .withCauseInstanceOf(Overloaded.class);
    }

    @Test
    void failsThoseWhoWaitWhenItIsClosed() throws Exception {
        CompletableFuture<String> _ = occupyTheThread();
        CompletableFuture<String> waiting = call("waiting", far(), false);

        pool.close();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waiting::join)
                .withCauseInstanceOf(Overloaded.class);
        assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> pool.run(argon2 -> "late", far()));
    }

    @Test
    void handsOnWhatAHashThrowsAndGoesOn() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.run(
                        argon2 -> {
                            throw new IllegalStateException("broken");
                        },
                        far()))
                .withMessage("broken");
        assertThat(pool.<String>run(argon2 -> "next", far())).isEqualTo("next");
    }

    @Test
    void keepsAnInterruptAsOne() throws Exception {
        CompletableFuture<String> _ = occupyTheThread();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> pool.run(argon2 -> "x", far()));
        assertThat(Thread.interrupted()).isTrue();
    }
}
