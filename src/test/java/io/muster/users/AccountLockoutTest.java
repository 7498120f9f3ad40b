package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.node.ConsensusException;
import io.muster.users.AccountCommand.ChangeUser;
import io.muster.users.AccountCommand.EndSessions;
import io.muster.users.LockoutOptions.Mode;
import io.muster.users.store.Lock;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks of accounts, where two replicas count over one state. */
class AccountLockoutTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final LockoutOptions LOCKING = new LockoutOptions(Mode.LOCK, 3, MINUTE, MINUTE.multipliedBy(15));
    private static final LockoutOptions SLOWING = new LockoutOptions(Mode.SLOW, 3, MINUTE, MINUTE);

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private final UUID id = new UUID(7, 1);
    private UserStore store;
    private SingleReplica cluster;
    private AccountLockout here;
    private AccountLockout elsewhere;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        here = lockout(LOCKING);
        elsewhere = lockout(LOCKING);
        propose(new RegisterCommand(CommandLog.user(1, "alice")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private AccountLockout lockout(LockoutOptions options) {
        return new AccountLockout(
                TestProposals.of(cluster),
                options,
                clock::get,
                () -> clock.get().toEpochMilli() * 1_000_000);
    }

    private void propose(RegistryCommand command) {
        assertThat(cluster.propose(CommandCodec.encode(command))).isCompleted();
    }

    private User alice() {
        return Objects.requireNonNull(store.userById(id));
    }

    private Lock lock() {
        return alice().access().lock();
    }

    private void fail(AccountLockout replica, int times) {
        for (int i = 0; i < times; i++) {
            replica.failed(alice());
        }
    }

    private void later(Duration time) {
        clock.set(clock.get().plus(time));
    }

    @Test
    void locksEverywhereAfterSoManyFailuresAtOneReplica() {
        fail(here, 2);
        fail(elsewhere, 2);
        assertThat(here.isClosed(alice())).isFalse();
        assertThat(lock()).isEqualTo(Lock.NONE);

        fail(here, 1);
        assertThat(lock()).isEqualTo(new Lock(clock.get().plus(MINUTE).toEpochMilli(), 1));
        assertThat(here.isClosed(alice())).isTrue();
        assertThat(elsewhere.isClosed(alice())).isTrue();
        assertThat(alice().access().epoch()).as("sessions go on").isZero();

        later(MINUTE.minusMillis(1));
        assertThat(elsewhere.isClosed(alice())).isTrue();
        later(Duration.ofMillis(1));
        assertThat(elsewhere.isClosed(alice())).isFalse();
    }

    @Test
    void locksForLongerEachTimeAndForTheLongestAtMost() {
        for (int minutes : new int[] {1, 2, 4, 8, 15, 15}) {
            fail(here, 3);
            assertThat(Duration.between(clock.get(), Instant.ofEpochMilli(lock().untilMillis())))
                    .isEqualTo(MINUTE.multipliedBy(minutes));
            later(MINUTE.multipliedBy(minutes));
        }
        later(Duration.ofHours(25));
        fail(elsewhere, 3);
        assertThat(lock().count()).as("a day later").isEqualTo(1);
    }

    @Test
    void countsFailuresInARowOnly() {
        fail(here, 2);
        here.succeeded(alice());
        fail(here, 2);
        assertThat(lock()).isEqualTo(Lock.NONE);

        later(Duration.ofHours(1));
        fail(here, 2);
        assertThat(lock()).isEqualTo(Lock.NONE);
    }

    @Test
    void forgetsWhatIsCountedAnywhereWithAnUnlockOrALock() {
        fail(elsewhere, 2);
        propose(new ChangeUser(id, null, null, true));
        fail(elsewhere, 2);
        assertThat(lock()).isEqualTo(Lock.NONE);

        fail(here, 3);
        later(MINUTE);
        fail(elsewhere, 2);
        assertThat(lock().count()).isEqualTo(1);
        propose(new EndSessions(id, alice().access().epoch()));
        fail(elsewhere, 2);
        assertThat(lock().count()).isEqualTo(1);
    }

    @Test
    void triesAgainWhenNoLockCameOfIt() {
        cluster.refusal = new ConsensusException.NoQuorum("no leader");
        fail(here, 3);
        cluster.refusal = null;
        assertThat(lock()).isEqualTo(Lock.NONE);

        fail(here, 2);
        assertThat(cluster.log()).hasSize(1);
        fail(here, 1);
        assertThat(lock().count()).isEqualTo(1);
    }

    /** Guesses at many names must not flood the log. */
    @Test
    void proposesAFewLocksASecond() {
        for (int i = 2; i < 100; i++) {
            propose(new RegisterCommand(CommandLog.user(i, "user" + i)));
        }
        int entries = cluster.log().size();
        for (int i = 2; i < 100; i++) {
            User user = Objects.requireNonNull(store.userById(new UUID(7, i)));
            here.failed(user);
            here.failed(user);
            here.failed(user);
        }
        assertThat(cluster.log().size() - entries).isBetween(10, 20);
    }

    @Test
    void onlySlowsWhereThatIsWhatIsWanted() {
        AccountLockout slow = lockout(SLOWING);
        int entries = cluster.log().size();
        fail(slow, 2);
        assertThat(slow.isClosed(alice())).isFalse();
        fail(slow, 1);
        assertThat(slow.isClosed(alice())).isTrue();

        later(Duration.ofSeconds(1));
        assertThat(slow.isClosed(alice())).isFalse();
        fail(slow, 1);
        later(Duration.ofSeconds(1));
        assertThat(slow.isClosed(alice())).as("twice as long").isTrue();
        later(Duration.ofSeconds(1));
        assertThat(slow.isClosed(alice())).isFalse();
        fail(slow, 40);
        later(MINUTE);
        assertThat(slow.isClosed(alice())).as("a minute at most").isFalse();
        assertThat(cluster.log()).hasSize(entries);
        assertThat(here.isClosed(alice())).isFalse();
    }

    @Test
    void doesNothingWhereThatIsWhatIsWanted() {
        AccountLockout off = lockout(new LockoutOptions(Mode.OFF, 1, MINUTE, MINUTE));
        fail(off, 50);
        assertThat(off.isClosed(alice())).isFalse();

        fail(here, 3);
        assertThat(off.isClosed(alice())).as("a lock of before").isFalse();
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LockoutOptions(Mode.LOCK, 0, MINUTE, MINUTE));
        assertThatIllegalArgumentException().isThrownBy(() -> new LockoutOptions(Mode.LOCK, 1, Duration.ZERO, MINUTE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LockoutOptions(Mode.LOCK, 1, MINUTE, MINUTE.minusMillis(1)));
    }

    @Test
    void opensNoDoorThatIsClosedAndCountsNothingBeforeIt() {
        try (PasswordHasher hasher =
                new PasswordHasher(new HashScheme.Argon2id(new HashParameters(8, 1)), Peppers.NONE, 1, 4, MINUTE)) {
            Authenticator authenticator =
                    new Authenticator(store, hasher, here, new Rehash(TestProposals.of(cluster), hasher), _ -> {});
            Deadline deadline = Deadline.after(MINUTE);
            Password password = ((Checked.Valid<Password>) Password.check("correct horse")).value();
            propose(new AccountCommand.ReplaceHash(id, 0, hasher.hash(password, deadline)));
            for (int i = 0; i < 3; i++) {
                refuses(authenticator, "wrong horse", deadline);
            }
            assertThat(lock().count()).isEqualTo(1);

            refuses(authenticator, "correct horse", deadline);
            for (int i = 0; i < 10; i++) {
                refuses(authenticator, "wrong horse", deadline);
            }
            assertThat(lock().count()).isEqualTo(1);
            assertThat(authenticator.provesRegistration(alice(), password, deadline))
                    .as("a replay opens it no more than a login")
                    .isFalse();
            later(MINUTE);
            assertThat(authenticator
                            .authenticate("Alice", "correct horse", deadline)
                            .id())
                    .isEqualTo(id);
            assertThat(authenticator.provesRegistration(alice(), password, deadline))
                    .isTrue();
        }
    }

    private static void refuses(Authenticator authenticator, String password, Deadline deadline) {
        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> authenticator.authenticate("alice", password, deadline));
    }
}
