package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.node.ConsensusException;
import io.muster.users.AccountCommand.ChangeUser;
import io.muster.users.store.Lock;
import io.muster.users.store.SigningKey;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.TokenOptions;
import io.muster.users.token.UnusableSigningKeyException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and what their users do with them, on one replica. */
@Timeout(60)
class AccountsTest {

    private static final HashParameters SMALLEST = new HashParameters(8, 1);
    private static final String PASSWORD = "correct horse";
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private UserStore store;
    private SingleReplica cluster;
    private PasswordHasher hasher;
    private ObservedPool pool;
    private Tokens tokens;
    private Registry registry;
    private Accounts accounts;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        pool = new ObservedPool(SMALLEST);
        hasher = new PasswordHasher(new HashScheme.Argon2id(SMALLEST), Peppers.NONE, pool);
        tokens = TestTokens.of(cluster, store, clock::get);
        RegistryOptions options = new RegistryOptions(new PasswordPolicy(8, true, true), true, Duration.ofMinutes(1));
        AtomicLong ids = new AtomicLong();
        Authenticator authenticator = TestLockout.authenticator(cluster, store, hasher, clock::get);
        registry = new Registry(
                TestProposals.of(cluster),
                authenticator,
                hasher,
                TestTokens.sessions(cluster, store, tokens),
                options,
                clock::get,
                () -> new UUID(0, ids.incrementAndGet()));
        accounts = new Accounts(TestProposals.of(cluster), authenticator, hasher, options, clock::get);
        registry.register("alice", PASSWORD, "key-1");
    }

    @AfterEach
    void close() {
        hasher.close();
        store.close();
    }

    private String login(String password) {
        return registry.login("alice", password).token().value();
    }

    private Caller caller(String token) {
        return tokens.authenticate(token);
    }

    private void isDead(String token) {
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> caller(token));
    }

    private void propose(RegistryCommand command) {
        assertThat(cluster.propose(CommandCodec.encode(command))).isCompleted();
    }

    private void later(Duration time) {
        clock.set(clock.get().plus(time));
    }

    @Test
    void knowsTheUserOfAToken() {
        Account account = caller(login(PASSWORD)).account();

        assertThat(account.id()).isEqualTo(new UUID(0, 1));
        assertThat(account.username()).isEqualTo("alice");
        assertThat(account.createdAt()).isEqualTo(START);
        assertThat(account.roles()).isEmpty();
        assertThat(account.index()).isEqualTo(store.appliedIndex());
    }

    @Test
    void refusesATokenThatIsNone() {
        isDead("");
        isDead("a.b.c");
        isDead(login(PASSWORD) + "x");
    }

    @Test
    void refusesATokenThatHasExpired() {
        String token = login(PASSWORD);
        later(TestTokens.OPTIONS.lifetime().minus(SECOND));
        assertThat(caller(token)).isNotNull();

        later(SECOND);
        isDead(token);
    }

    @Test
    void writesNothingForALogin() {
        login(PASSWORD);
        int entries = cluster.log().size();
        for (int i = 0; i < 20; i++) {
            login(PASSWORD);
        }

        assertThat(cluster.log()).hasSize(entries);
    }

    @Test
    void changesAPasswordAndEndsAllSessions() {
        String token = login(PASSWORD);
        String other = login(PASSWORD);
        long index = accounts.changePassword(caller(token), PASSWORD, "better horse");

        assertThat(index).isEqualTo(store.appliedIndex());
        isDead(token);
        isDead(other);
        assertThatExceptionOfType(InvalidCredentialsException.class).isThrownBy(() -> login(PASSWORD));
        assertThat(caller(login("better horse"))).isNotNull();
    }

    @Test
    void changesNoPasswordWithoutTheCurrentOne() {
        String token = login(PASSWORD);
        int entries = cluster.log().size();

        for (String wrong : List.of("wrong horse", "", "correct\u0000horse")) {
            assertThatExceptionOfType(InvalidCredentialsException.class)
                    .isThrownBy(() -> accounts.changePassword(caller(token), wrong, "better horse"));
        }
        assertThat(cluster.log()).hasSize(entries);
        assertThat(caller(token)).isNotNull();
    }

    @Test
    void holdsANewPasswordToThePolicy() {
        Caller caller = caller(login(PASSWORD));

        for (String weak : List.of("short", "password1", "alice123")) {
            assertThatExceptionOfType(PolicyViolationException.class)
                    .isThrownBy(() -> accounts.changePassword(caller, PASSWORD, weak))
                    .satisfies(e -> assertThat(e.violations())
                            .extracting(Violation::field)
                            .containsExactly("new"));
        }
    }

    /** Two who change it at once have both proved the password of before. */
    @Test
    void changesAPasswordOnceForOneProof() {
        Caller first = caller(login(PASSWORD));
        Caller second = caller(login(PASSWORD));
        assertThat(accounts.changePassword(first, PASSWORD, "better horse")).isPositive();

        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> accounts.changePassword(second, PASSWORD, "worse horse"));
        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> accounts.delete(second, PASSWORD));
        assertThat(login("better horse")).isNotEmpty();
    }

    /** Between the proof and the change, somebody else logs the user out, or changes the password. */
    @Test
    void changesNothingForATokenThatHasDiedMeanwhile() {
        Caller caller = caller(login(PASSWORD));
        pool.afterHash = () -> propose(new AccountCommand.EndSessions(new UUID(0, 1), 0));

        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> accounts.changePassword(caller, PASSWORD, "better horse"));
        pool.afterHash = () -> {};
        assertThat(login(PASSWORD)).isNotEmpty();
    }

    @Test
    void endsAllSessions() {
        String token = login(PASSWORD);
        String other = login(PASSWORD);
        assertThat(accounts.endSessions(caller(token))).isEqualTo(store.appliedIndex());

        isDead(token);
        isDead(other);
        assertThat(caller(login(PASSWORD))).isNotNull();
    }

    @Test
    void deletesAUserWhoProvesThePassword() {
        String token = login(PASSWORD);
        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> accounts.delete(caller(token), "wrong horse"));
        assertThat(accounts.delete(caller(token), PASSWORD)).isEqualTo(store.appliedIndex());

        isDead(token);
        assertThatExceptionOfType(InvalidCredentialsException.class).isThrownBy(() -> login(PASSWORD));
        Registered again = registry.register("alice", "another horse", "key-1");
        assertThat(again.replayed()).as("the record of the first went with it").isFalse();
        assertThat(again.id()).isNotEqualTo(new UUID(0, 1));
        isDead(token);
    }

    @Test
    void closesTheDoorToOneWhoIsDisabled() {
        String token = login(PASSWORD);
        propose(new ChangeUser(new UUID(0, 1), true, null, false));

        isDead(token);
        assertThatExceptionOfType(InvalidCredentialsException.class).isThrownBy(() -> login(PASSWORD));
        propose(new ChangeUser(new UUID(0, 1), false, null, false));
        assertThat(caller(login(PASSWORD))).isNotNull();
    }

    @Test
    void tellsRolesOfNow() {
        String before = login(PASSWORD);
        propose(new ChangeUser(new UUID(0, 1), null, List.of("admin"), false));

        isDead(before);
        assertThat(caller(login(PASSWORD)).account().roles()).containsExactly("admin");
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenNoAnswerComes() {
        Caller caller = new Caller(
                Objects.requireNonNull(store.userByName("alice")), Deadline.after(Duration.ofMillis(200)), 1);
        cluster.silent = true;

        assertThatExceptionOfType(ConsensusException.OutcomeUnknown.class)
                .isThrownBy(() -> accounts.endSessions(caller));
    }

    @Test
    void makesOneFirstKeyHoweverManyAsk() {
        tokens.rotateIfDue();
        tokens.rotateIfDue();
        login(PASSWORD);

        assertThat(store.signingKeys()).hasSize(1);
    }

    /** A replica that was given another secret than the others. */
    @Test
    void makesNoKeyThatTheOthersCouldNotUse() {
        login(PASSWORD);
        Tokens stranger = stranger(false);
        assertThatExceptionOfType(UnusableSigningKeyException.class).isThrownBy(stranger::requireUsableKeys);
        tokens.keepKeys();

        later(TestTokens.OPTIONS.rotation());
        assertThatExceptionOfType(UnusableSigningKeyException.class).isThrownBy(stranger::keepKeys);
        assertThat(store.signingKeys()).hasSize(1);
        User alice = Objects.requireNonNull(store.userByName("alice"));
        assertThatExceptionOfType(UnusableSigningKeyException.class)
                .isThrownBy(() -> stranger.issue(alice, Deadline.after(Duration.ofMinutes(1))));
        tokens.rotateIfDue();
        assertThat(store.signingKeys()).hasSize(2);
        assertThatExceptionOfType(UnusableSigningKeyException.class).isThrownBy(stranger::requireUsableKeys);
    }

    /** The secret is lost, and all replicas have another now. */
    @Test
    void replacesAKeyThatNobodyCanUseWhereAsked() {
        login(PASSWORD);
        Tokens stranger = stranger(true);
        later(SECOND);
        stranger.rotateIfDue();
        stranger.rotateIfDue();

        assertThat(store.signingKeys()).hasSize(2);
        stranger.requireUsableKeys();
        User alice = Objects.requireNonNull(store.userByName("alice"));
        assertThat(stranger.authenticate(stranger.issue(alice, Deadline.after(Duration.ofMinutes(1)))
                        .value()))
                .isNotNull();
    }

    private Tokens stranger(boolean replacesUnusableKeys) {
        TokenOptions usual = TestTokens.OPTIONS;
        TokenOptions options = new TokenOptions(
                usual.issuer(),
                usual.audience(),
                usual.lifetime(),
                usual.rotation(),
                usual.publication(),
                usual.overlap(),
                usual.maxAge(),
                replacesUnusableKeys);
        KeyWrap other = new KeyWrap(List.of("another secret of these tests, long enough"));
        return new Tokens(TestProposals.of(cluster), store, options, clock::get, other, Duration.ofMinutes(1));
    }

    /** By a clock that was years ahead. */
    @Test
    void replacesAKeyOfTheFuture() {
        Instant now = clock.get();
        later(Duration.ofDays(3_000));
        tokens.rotateIfDue();
        clock.set(now);
        String token = login(PASSWORD);
        assertThat(caller(token)).as("the only key signs").isNotNull();
        tokens.rotateIfDue();
        tokens.rotateIfDue();

        assertThat(store.signingKeys()).hasSize(2);
        later(TestTokens.OPTIONS.publication());
        assertThat(kidOf(login(PASSWORD)))
                .isEqualTo(store.signingKeys().getLast().id());
    }

    @Test
    void publishesNoEmptySet() {
        assertThat(store.signingKeys()).isEmpty();
        assertThat(tokens.publishedKeys().jwkSet()).contains("\"kid\"");
    }

    /** His token was valid when he showed it. */
    @Test
    void doesNothingForOneWhoIsNoAdministratorAnyMore() {
        propose(new ChangeUser(new UUID(0, 1), null, List.of("admin"), false));
        Administrator alice = caller(login(PASSWORD)).administrator();
        UUID bob = registry.register("bob", PASSWORD, null).id();
        Administration administration =
                new Administration(TestProposals.of(cluster), store, clock::get, Duration.ofMinutes(1));
        propose(new ChangeUser(bob, null, List.of("admin"), false));
        propose(new ChangeUser(new UUID(0, 1), true, null, false));

        AccountChange reinstated = new AccountChange(false, List.of("admin"), null);
        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> administration.change(alice, new UUID(0, 1), reinstated));
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> administration.delete(alice, bob));
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> tokens.rotate(alice));
        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> registry.register(alice, "carol", PASSWORD, null));
        UserImport users = administration.beginImport(alice);
        users.add(1, new ImportedUser("dave", CommandLog.HASH.phc(), null, null, List.of(), false));
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(users::finish);
        assertThat(store.userById(bob)).isNotNull();
        assertThat(store.usersByName("", null, 10)).hasSize(2);
    }

    private Administration administration() {
        return new Administration(TestProposals.of(cluster), store, clock::get, Duration.ofMinutes(1));
    }

    private Administrator administrator() {
        UUID id = registry.register("root", PASSWORD, null).id();
        propose(new ChangeUser(id, null, List.of("admin"), false));
        return caller(registry.login("root", PASSWORD).token().value()).administrator();
    }

    private void refusesReset(String username, String code) {
        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> accounts.resetPassword(username, code, "better horse"));
    }

    @Test
    void setsAPasswordOnceByTheCodeOfAnAdministrator() {
        String session = login(PASSWORD);
        GivenResetCode given = administration().giveResetCode(administrator(), new UUID(0, 1));
        assertThat(given.code()).matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}");
        assertThat(given.toString()).doesNotContain(given.code());
        assertThat(caller(session)).as("until the code is used").isNotNull();
        assertThat(login(PASSWORD)).isNotEmpty();

        refusesReset("alice", "00000-00000-00000-00000");
        refusesReset("nobody", given.code());
        refusesReset("al ice", given.code());
        String typed = given.code()
                .toLowerCase(Locale.ROOT)
                .replace("-", " ")
                .replace('0', 'o')
                .replace('1', 'l');
        assertThat(accounts.resetPassword("ALICE", typed, "better horse")).isEqualTo(store.appliedIndex());
        isDead(session);
        assertThat(login("better horse")).isNotEmpty();
        refusesReset("alice", given.code());
    }

    @Test
    void voidsACodeByTimeByAnotherAndByAChangeOfPassword() {
        Administrator root = administrator();
        GivenResetCode first = administration().giveResetCode(root, new UUID(0, 1));
        GivenResetCode second = administration().giveResetCode(root, new UUID(0, 1));
        refusesReset("alice", first.code());
        accounts.changePassword(caller(login(PASSWORD)), PASSWORD, "better horse");
        refusesReset("alice", second.code());

        GivenResetCode third = administration().giveResetCode(root, new UUID(0, 1));
        later(Duration.between(clock.get(), third.expiresAt()));
        refusesReset("alice", third.code());
        assertThatExceptionOfType(UnknownUserException.class)
                .isThrownBy(() -> administration().giveResetCode(root, new UUID(9, 9)));
    }

    @Test
    void countsGuessesAtCodesAndEndsALockByTheRightOne() {
        Administrator root = administrator();
        GivenResetCode given = administration().giveResetCode(root, new UUID(0, 1));
        for (int i = 0; i < TestLockout.OPTIONS.failures(); i++) {
            refusesReset("alice", "wrong");
        }
        assertThat(Objects.requireNonNull(store.userByName("alice"))
                        .access()
                        .lock()
                        .count())
                .isEqualTo(1);
        refusesReset("alice", "wrong");
        assertThat(accounts.resetPassword("alice", given.code(), "better horse"))
                .isPositive();
        assertThat(Objects.requireNonNull(store.userByName("alice")).access().lock())
                .isEqualTo(Lock.NONE);
    }

    @Test
    void spendsOneHashOnEveryReset() {
        GivenResetCode given = administration().giveResetCode(administrator(), new UUID(0, 1));
        AtomicLong hashes = new AtomicLong();
        pool.afterHash = hashes::incrementAndGet;
        refusesReset("nobody", given.code());
        refusesReset("alice", "wrong");
        assertThat(accounts.resetPassword("alice", given.code(), "better horse"))
                .isPositive();

        assertThat(hashes).hasValue(3);
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() -> accounts.resetPassword("nobody", "wrong", "short"));
    }

    @Test
    void rotatesKeysWithoutATokenDyingOfIt() {
        String beforeRotation = login(PASSWORD);
        SigningKey first = store.signingKeys().getLast();
        later(TestTokens.OPTIONS.rotation().minus(Duration.ofMinutes(1)));
        tokens.rotateIfDue();
        assertThat(store.signingKeys()).hasSize(1);

        later(Duration.ofMinutes(1));
        String lastOfTheFirst = login(PASSWORD);
        tokens.rotateIfDue();
        tokens.rotateIfDue();
        SigningKey second = store.signingKeys().getLast();
        assertThat(store.signingKeys()).hasSize(2);
        assertThat(tokens.publishedKeys().jwkSet()).contains(first.id(), second.id());
        assertThat(caller(lastOfTheFirst)).isNotNull();
        isDead(beforeRotation);

        assertThat(kidOf(login(PASSWORD))).as("published first").isEqualTo(first.id());
        later(TestTokens.OPTIONS.publication());
        assertThat(kidOf(login(PASSWORD))).isEqualTo(second.id());
        assertThat(caller(lastOfTheFirst)).isNotNull();

        later(TestTokens.OPTIONS.overlap());
        assertThat(tokens.publishedKeys().jwkSet()).contains(second.id()).doesNotContain(first.id());
    }

    private static String kidOf(String token) {
        try {
            return com.nimbusds.jwt.SignedJWT.parse(token).getHeader().getKeyID();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysHowLongKeysMayBeKept() {
        tokens.rotateIfDue();

        assertThat(tokens.publishedKeys())
                .extracting(PublishedKeys::maxAge, PublishedKeys::index)
                .containsExactly(TestTokens.OPTIONS.maxAge(), 2L);
    }
}
