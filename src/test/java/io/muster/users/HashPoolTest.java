package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.muster.node.ConsensusException.Overloaded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread and one place in the queue. */
@Timeout(60)
class HashPoolTest {

    private static final Executor CALLERS = task -> Thread.ofVirtual().start(task);

    private static final HashParameters SMALLEST = new HashParameters(8, 1);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final HashPool pool = new HashPool(SMALLEST, 1, 1, LONG);
    private final AtomicBoolean suspended = new AtomicBoolean();
    private final Origin.Conduct conduct = new Origin.Conduct() {
        @Override
        public void failed() {
            suspended.set(true);
        }

        @Override
        public boolean isSuspended() {
            return suspended.get();
        }
    };
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayEnd.countDown();
        pool.close();
    }

    private static Deadline far() {
        return Deadline.after(LONG);
    }

    private static Deadline veryFar() {
        return Deadline.after(LONG.multipliedBy(100));
    }

    private static Deadline passed() {
        return Deadline.after(Duration.ZERO);
    }

    private CompletableFuture<String> occupyTheThread() throws InterruptedException {
        return occupyTheThread(pool);
    }

    private CompletableFuture<String> occupyTheThread(HashPool of) throws InterruptedException {
        CompletableFuture<String> occupant = call(of, "occupant", far(), true);
        started.await();
        return occupant;
    }

    private CompletableFuture<String> call(HashPool by, String answer, Deadline deadline, boolean blocks) {
        return call(by, blocks ? blocking(answer) : _ -> answer, deadline);
    }

    private static CompletableFuture<String> call(HashPool by, Function<Argon2, String> hashing, Deadline deadline) {
        return CompletableFuture.supplyAsync(() -> by.run(hashing, deadline), CALLERS);
    }

    private CompletableFuture<String> callFrom(
            String origin, HashPool by, Function<Argon2, String> hashing, Deadline deadline) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Origin _ = Origin.enter(origin, conduct)) {
                        return by.run(hashing, deadline);
                    }
                },
                CALLERS);
    }

    private Function<Argon2, String> blocking(String answer) {
        return _ -> {
            started.countDown();
            awaitEnd();
            return answer;
        };
    }

    private boolean isCrowdedFor(String origin, HashPool pool) {
        try (Origin _ = Origin.enter(origin, conduct)) {
            return pool.isCrowded();
        }
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
        CompletableFuture<String> one = call(pool, "queued", far(), false);
        CompletableFuture<String> other = call(pool, "queued", far(), false);

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
    void refusesAtOnceWhoWouldWaitTooLong() throws Exception {
        HashTime hashTime = new HashTime();
        hashTime.add(10 * LONG.toNanos());
        try (HashPool patient = new HashPool(SMALLEST, Peppers.NONE, 1, 10, LONG, hashTime)) {
            CompletableFuture<String> occupant = call(patient, "occupant", veryFar(), true);
            started.await();
            CompletableFuture<String> waiting = call(patient, "waiting", veryFar(), false);
            await().until(patient::isCrowded);

            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> patient.run(argon2 -> "refused", veryFar()))
                    .withMessageContaining("too many");

            CompletableFuture<String> committed =
                    CompletableFuture.supplyAsync(() -> patient.runCommitted(argon2 -> "committed", far()), CALLERS);

            mayEnd.countDown();
            assertThat(committed.join()).as("it is in the log").isEqualTo("committed");
            assertThat(occupant.join()).isEqualTo("occupant");
            assertThat(waiting.join()).isEqualTo("waiting");
            assertThat(patient.isCrowded()).isFalse();
            assertThat(patient.<String>run(argon2 -> "next", veryFar())).isEqualTo("next");
        }
    }

    /** What would be ready too late is not begun. */
    @Test
    void leavesTimeForTheHashItself() throws Exception {
        HashTime hashTime = new HashTime();
        hashTime.add(8 * Duration.ofMinutes(1).toNanos());
        try (HashPool slow = new HashPool(SMALLEST, Peppers.NONE, 1, 10, LONG, hashTime)) {
            CompletableFuture<String> occupant = call(slow, "occupant", veryFar(), true);
            started.await();
            AtomicBoolean ran = new AtomicBoolean();

            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> slow.run(
                            argon2 -> {
                                ran.set(true);
                                return "too late";
                            },
                            Deadline.after(Duration.ofMinutes(1).plusMillis(50))))
                    .withMessageContaining("waited too long");

            mayEnd.countDown();
            assertThat(occupant.join()).isEqualTo("occupant");
            assertThat(ran).isFalse();
        }
    }

    @Test
    void isCrowdedWhenItsQueueIsFullHoweverFastItHashes() throws Exception {
        CompletableFuture<String> occupant = occupyTheThread();
        assertThat(pool.isCrowded()).isFalse();
        CompletableFuture<String> waiting = call(pool, "waiting", far(), false);

        await().until(pool::isCrowded);

        mayEnd.countDown();
        assertThat(occupant.join()).isEqualTo("occupant");
        assertThat(waiting.join()).isEqualTo("waiting");
        assertThat(pool.isCrowded()).isFalse();
    }

    @Test
    void letsOnlyWhatHasNotBegunWaitTooLong() throws Exception {
        try (HashPool impatient = new HashPool(SMALLEST, 1, 10, Duration.ofMillis(500))) {
            CompletableFuture<String> occupant = occupyTheThread(impatient);
            AtomicBoolean ran = new AtomicBoolean();

            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> impatient.run(
                            argon2 -> {
                                ran.set(true);
                                return "too late";
                            },
                            far()))
                    .withMessageContaining("waited too long");

            // It has been there for longer than the one that was refused.
            mayEnd.countDown();
            assertThat(occupant.join()).isEqualTo("occupant");
            assertThat(impatient.<String>run(argon2 -> "next", far())).isEqualTo("next");
            assertThat(ran).isFalse();
        }
    }

    @Test
    void servesAnotherOriginBeforeMoreOfTheSame() throws Exception {
        HashTime hashTime = new HashTime();
        hashTime.add(10 * LONG.toNanos());
        List<String> served = new CopyOnWriteArrayList<>();
        try (HashPool patient = new HashPool(SMALLEST, Peppers.NONE, 1, 10, LONG, hashTime)) {
            CompletableFuture<String> occupant = callFrom("one", patient, blocking("occupant"), veryFar());
            started.await();
            CompletableFuture<String> more = callFrom("one", patient, noted("more", served), veryFar());
            await().until(() -> isCrowdedFor("one", patient));
            assertThat(isCrowdedFor("other", patient)).isFalse();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(callFrom("one", patient, _ -> "too many", veryFar())::join)
                    .withMessageContaining("too many");

            CompletableFuture<String> other = callFrom("other", patient, noted("other", served), veryFar());
            await().until(() -> isCrowdedFor("other", patient));

            mayEnd.countDown();
            CompletableFuture.allOf(occupant, more, other).join();
            assertThat(served).containsExactly("other", "more");
            assertThat(isCrowdedFor("one", patient)).isFalse();
        }
    }

    private static Function<Argon2, String> noted(String answer, List<String> served) {
        return _ -> {
            served.add(answer);
            return answer;
        };
    }

    @Test
    void leavesHalfOfTheThreadsToOtherOrigins() throws Exception {
        CountDownLatch half = new CountDownLatch(2);
        Function<Argon2, String> occupying = argon2 -> {
            half.countDown();
            return blocking("occupant").apply(argon2);
        };
        try (HashPool wide = new HashPool(SMALLEST, 4, 10, LONG)) {
            CompletableFuture<String> first = callFrom("one", wide, occupying, far());
            CompletableFuture<String> second = callFrom("one", wide, occupying, far());
            half.await();

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(callFrom("one", wide, _ -> "third", Deadline.after(Duration.ofMillis(100)))::join)
                    .withMessageContaining("waited too long");
            assertThat(callFrom("other", wide, _ -> "other", far()).join()).isEqualTo("other");

            mayEnd.countDown();
            CompletableFuture.allOf(first, second).join();
            assertThat(callFrom("one", wide, _ -> "next", far()).join()).isEqualTo("next");
        }
    }

    @Test
    void startsNoneOfASuspendedOrigin() throws Exception {
        HashTime hashTime = new HashTime();
        hashTime.add(10 * LONG.toNanos());
        List<String> served = new CopyOnWriteArrayList<>();
        try (HashPool patient = new HashPool(SMALLEST, Peppers.NONE, 1, 1, LONG, hashTime)) {
            CompletableFuture<String> occupant = callFrom("one", patient, blocking("occupant"), veryFar());
            started.await();
            CompletableFuture<String> waiting = callFrom("one", patient, noted("waiting", served), veryFar());
            await().until(() -> isCrowdedFor("one", patient));

            CompletableFuture<String> committed = CompletableFuture.supplyAsync(
                    () -> {
                        try (Origin _ = Origin.enter("one", conduct)) {
                            return patient.runCommitted(_ -> "committed", far());
                        }
                    },
                    CALLERS);
            suspended.set(true);
            mayEnd.countDown();

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(waiting::join)
                    .withMessageContaining("were wrong");
            assertThat(occupant.join()).as("it was started before").isEqualTo("occupant");
            assertThat(committed.join()).as("it is in the log").isEqualTo("committed");
            assertThat(served).isEmpty();
            suspended.set(false);
            assertThat(callFrom("one", patient, _ -> "next", veryFar()).join()).isEqualTo("next");
        }
    }

    @Test
    void measuresWhatItRuns() throws Exception {
        HashTime hashTime = new HashTime();
        try (HashPool measured = new HashPool(SMALLEST, Peppers.NONE, 1, 10, LONG, hashTime)) {
            assertThat(measured.<String>run(argon2 -> "first", far())).isEqualTo("first");
            assertThat(hashTime.ofManyNanos(1, 1)).isPositive();
        }
    }

    @Test
    void measuresNothingThatWasRefused() {
        HashTime hashTime = new HashTime();
        try (HashPool measured = new HashPool(SMALLEST, Peppers.NONE, 1, 10, LONG, hashTime)) {
            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> measured.run(
                            _ -> {
                                throw new Overloaded("no memory");
                            },
                            far()));
            assertThat(hashTime.ofManyNanos(1, 1)).isZero();
        }
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
        CompletableFuture<String> slow = call(pool, "slow", Deadline.after(Duration.ofMillis(200)), true);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(slow::join)
                .withCauseInstanceOf(Overloaded.class);
    }

    @Test
    void failsThoseWhoWaitWhenItIsClosed() throws Exception {
        CompletableFuture<String> _ = occupyTheThread();
        CompletableFuture<String> waiting = call(pool, "waiting", far(), false);

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
