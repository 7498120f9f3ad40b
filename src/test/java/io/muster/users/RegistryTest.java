package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.node.ConsensusException;
import io.muster.raft.LogStart;
import io.muster.users.store.Access;
import io.muster.users.store.Batch;
import io.muster.users.store.Change;
import io.muster.users.store.Lock;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RegistryTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final HashParameters HASH = new HashParameters(16, 2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private UserStore store;
    private SingleReplica cluster;
    private ObservedPool pool;
    private Registry registry;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        pool = new ObservedPool(HASH);
        registry = registry(MINUTE, 8);
    }

    private Registry registry(Duration deadline, int minLength) {
        AtomicLong ids = new AtomicLong(store.appliedIndex());
        PasswordHasher hasher = new PasswordHasher(new HashScheme.Argon2id(HASH), Peppers.NONE, pool);
        return new Registry(
                TestProposals.of(cluster),
                TestLockout.authenticator(cluster, store, hasher, InstantSource.fixed(NOW)),
                hasher,
                TestTokens.sessions(cluster, store, TestTokens.of(cluster, store, InstantSource.fixed(NOW))),
                new RegistryOptions(new PasswordPolicy(minLength, true, true), true, deadline),
                InstantSource.fixed(NOW.plusNanos(999)),
                () -> new UUID(0, ids.incrementAndGet()));
    }

    @AfterEach
    void close() {
        pool.close();
        store.close();
    }

    private void changeHash(String username) {
        User user = Objects.requireNonNull(store.userByName(username));
        User changed =
                user.withPasswordHash(CommandLog.HASH).withAccess(user.access().raised());
        store.write(new Batch(List.of(new Change.PutUser(changed)), new LogStart(store.appliedIndex() + 1, 1, 0)));
    }

    private void change(UnaryOperator<Access> change) {
        User user = Objects.requireNonNull(store.userByName("alice"));
        Change changed = new Change.PutUser(user.withAccess(change.apply(user.access())));
        store.write(new Batch(List.of(changed), new LogStart(store.appliedIndex() + 1, 1, 0)));
    }

    private List<HashParameters> hashesOf(Runnable action) {
        pool.costs.clear();
        action.run();
        return List.copyOf(pool.costs);
    }

    private void refusesLogin(String username, String password) {
        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> registry.login(username, password))
                .withMessage("the username or the password is wrong");
    }

    @Test
    void registersAndLogsIn() {
        Registered registered = registry.register("Alice", "correct horse", null);

        assertThat(registered)
                .isEqualTo(
                        new Registered(new UUID(0, 1), "alice", Instant.parse("2026-01-02T03:04:05.678Z"), false, 1));
        assertThat(registry.login("ALICE", "correct horse"))
                .extracting(LoggedIn::id, LoggedIn::username, LoggedIn::index)
                .containsExactly(new UUID(0, 1), "alice", 1L);
    }

    @Test
    void refusesATakenName() {
        registry.register("alice", "correct horse", null);

        assertThatExceptionOfType(UsernameTakenException.class)
                .isThrownBy(() -> registry.register("ALICE", "other horse", null));
        refusesLogin("alice", "other horse");
        assertThat(registry.login("alice", "correct horse").username()).isEqualTo("alice");
    }

    @Test
    void reportsAllViolationsTogetherAndProposesNothing() {
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> registry.register("al ice", "s3cret", null))
                .satisfies(e -> assertThat(e.violations())
                        .extracting(Violation::field, Violation::code)
                        .containsExactly(tuple("username", "disallowed-characters"), tuple("password", "too-short")))
                .satisfies(
                        e -> assertThat(e.toString()).doesNotContain("al ice").doesNotContain("s3cret"));
        assertThat(cluster.log()).isEmpty();
        assertThat(pool.costs).isEmpty();
    }

    @Test
    void answersAReplayAsTheFirstTime() {
        Registered first = registry.register("alice", "correct horse", "key-1");
        Registered again = registry.register("Alice", "correct horse", "key-1");

        assertThat(again).isEqualTo(new Registered(first.id(), "alice", first.createdAt(), true, 2));
        assertThat(first.replayed()).isFalse();
    }

    /** Whoever guesses by replays guesses as well. */
    @Test
    void countsWrongPasswordsAgainstTheirOrigin() {
        registry.register("alice", "correct horse", "key-1");
        AtomicInteger failures = new AtomicInteger();
        Origin.Conduct conduct = new Origin.Conduct() {
            @Override
            public void failed() {
                failures.incrementAndGet();
            }

            @Override
            public boolean isSuspended() {
                return false;
            }
        };

        try (Origin _ = Origin.enter("one", conduct)) {
            registry.login("alice", "correct horse");
            registry.register("alice", "correct horse", "key-1");
            assertThat(failures).hasValue(0);
            refusesLogin("alice", "other horse");
            refusesLogin("nobody", "other horse");
            assertThat(failures).hasValue(2);
            assertThatExceptionOfType(IdempotencyKeyReusedException.class)
                    .isThrownBy(() -> registry.register("alice", "other horse", "key-1"));
            assertThat(failures).hasValue(3);
        }
        refusesLogin("alice", "other horse");
        assertThat(failures).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({"bob, correct horse", "alice, other horse"})
    void refusesAReplayWithAnotherNameOrPassword(String username, String password) {
        registry.register("alice", "correct horse", "key-1");

        assertThatExceptionOfType(IdempotencyKeyReusedException.class)
                .isThrownBy(() -> registry.register(username, password, "key-1"));
        assertThat(store.userByName("bob")).isNull();
    }

    @Test
    void keepsTheHashOfARequestWithItsRecord() {
        registry.register("alice", "correct horse", "key-1");
        changeHash("alice");

        assertThat(registry.register("alice", "correct horse", "key-1").replayed())
                .isTrue();
    }

    @Test
    void refusesAnIdempotencyKeyOutOfBounds() {
        assertThatExceptionOfType(InvalidIdempotencyKeyException.class)
                .isThrownBy(() -> registry.register("alice", "correct horse", ""));
        assertThatExceptionOfType(InvalidIdempotencyKeyException.class)
                .isThrownBy(() -> registry.register("alice", "correct horse", "k".repeat(256)));
        assertThat(cluster.log()).isEmpty();

        assertThat(registry.register("alice", "correct horse", "k".repeat(255)).replayed())
                .isFalse();
        assertThat(registry.register("bob", "correct horse", "k").replayed()).isFalse();
    }

    @Test
    void spendsExactlyOneHashOfEqualCostOnEveryLogin() {
        registry.register("alice", "correct horse", null);

        assertThat(hashesOf(() -> registry.login("alice", "correct horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("alice", "wrong horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("nobody", "correct horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("al ice", "correct horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("al\ud800ice", "correct horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("alice", "correct\u0000horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("alice", ""))).containsExactly(HASH);
        change(access -> new Access(access.epoch() + 1, true, List.of()));
        assertThat(hashesOf(() -> refusesLogin("alice", "correct horse"))).containsExactly(HASH);
        change(access -> new Access(access.epoch() + 1, false, List.of(), new Lock(NOW.toEpochMilli() + 1, 1)));
        assertThat(hashesOf(() -> refusesLogin("alice", "correct horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("alice", "wrong horse"))).containsExactly(HASH);
        assertThat(hashesOf(() -> refusesLogin("", "x".repeat(100_000)))).containsExactly(HASH);
    }

    @Test
    void logsInWithAPasswordThatIsTooShortForThePolicyOfToday() {
        registry(MINUTE, 3).register("alice", "abc", null);

        assertThat(registry.login("alice", "abc").username()).isEqualTo("alice");
    }

    @Test
    void opensNoDoorWhenThePasswordChangesWhileItIsVerified() {
        registry.register("alice", "correct horse", null);
        pool.afterHash = () -> changeHash("alice");

        refusesLogin("alice", "correct horse");
    }

    @Test
    void passesOnWhyTheClusterRefuses() {
        cluster.refusal = new ConsensusException.NoQuorum("no leader");

        assertThatExceptionOfType(ConsensusException.NoQuorum.class)
                .isThrownBy(() -> registry.register("alice", "correct horse", null));
        assertThatExceptionOfType(ConsensusException.NoQuorum.class)
                .isThrownBy(() -> registry.login("alice", "correct horse"));
    }

    @Test
    void saysOutcomeUnknownWhenNoAnswerComes() {
        registry.register("bob", "correct horse", null);
        cluster.silent = true;
        // Time enough for the hash, whose classes are loaded by now: only the answer is to be late.
        Registry hasty = registry(Duration.ofSeconds(2), 8);

        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .isThrownBy(() -> hasty.register("alice", "correct horse", null));
        assertThat(store.userByName("alice")).isNotNull();
    }

    @Test
    void saysNoQuorumWhenNoReadPointComes() {
        cluster.silent = true;
        Registry hasty = registry(Duration.ofMillis(50), 8);

        assertThatExceptionOfType(ConsensusException.NoQuorum.class)
                .isThrownBy(() -> hasty.login("alice", "correct horse"));
        assertThat(pool.costs).isEmpty();
    }

    @Test
    void saysOverloadedOnlyWhenNothingWasAppended() {
        registry.register("alice", "correct horse", "key-1");
        pool.afterHash = pool::close;

        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .as("the command is in the log, though the replay cannot be verified")
                .isThrownBy(() -> registry.register("alice", "correct horse", "key-1"));
        assertThat(cluster.log()).hasSize(2);

        assertThatExceptionOfType(ConsensusException.Overloaded.class)
                .isThrownBy(() -> registry.register("bob", "correct horse", null));
        assertThat(cluster.log()).hasSize(2);
    }

    @Test
    void registersANameOnceHoweverManyAskAtOnce() throws Exception {
        int callers = 16;
        CyclicBarrier together = new CyclicBarrier(callers);
        Callable<Registered> call = () -> {
            together.await();
            return registry.register("alice", "correct horse", null);
        };
        int registered = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Registered> answer : threads.invokeAll(Collections.nCopies(callers, call))) {
                registered += succeeded(answer) ? 1 : 0;
            }
        }

        assertThat(registered).isEqualTo(1);
        assertThat(cluster.log()).hasSize(callers);
    }

    private static boolean succeeded(Future<Registered> answer) throws InterruptedException {
        try {
            return answer.get() != null;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(UsernameTakenException.class);
            return false;
        }
    }

    @Test
    void refusesOptionsThatLeaveNoTime() {
        PasswordPolicy policy = new PasswordPolicy(8, true, true);
        assertThatIllegalArgumentException().isThrownBy(() -> new RegistryOptions(policy, true, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new RegistryOptions(policy, true, MINUTE.negated()));
    }
}
