package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.users.AuditEvent.Kind;
import io.muster.users.LockoutOptions.Mode;
import io.muster.users.store.TestStores;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is taken down of an account's life. */
@Timeout(60)
class AuditTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
    private static final UUID ALICE = new UUID(0, 1);

    @TempDir
    Path directory;

    private final List<AuditEvent> events = new ArrayList<>();
    private UserStore store;
    private PasswordHasher hasher;
    private Tokens tokens;
    private Registry registry;
    private Accounts accounts;
    private Administration administration;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        SingleReplica cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        Proposals proposals = new Proposals(cluster, events::add);
        hasher = new PasswordHasher(new HashScheme.Argon2id(new HashParameters(8, 1)), Peppers.NONE, 1, 8, MINUTE);
        tokens = new Tokens(proposals, store, TestTokens.OPTIONS, CLOCK, TestTokens.wrap(), MINUTE);
        AccountLockout lockout = new AccountLockout(proposals, new LockoutOptions(Mode.LOCK, 2, MINUTE, MINUTE), CLOCK);
        Authenticator authenticator =
                new Authenticator(store, hasher, lockout, new Rehash(proposals, hasher), events::add);
        RegistryOptions options = new RegistryOptions(new PasswordPolicy(8, true, true), true, MINUTE);
        registry = new Registry(
                proposals,
                authenticator,
                hasher,
                new Sessions(proposals, store, tokens, Optional.empty(), MINUTE),
                options,
                CLOCK,
                () -> ALICE);
        accounts = new Accounts(proposals, authenticator, hasher, options, CLOCK);
        administration = new Administration(proposals, store, CLOCK, MINUTE);
        new FirstAdministrator(proposals, store, hasher, options, CLOCK, "root", "correct horse").makeIfNone();
        registry.register("alice", "correct horse", "key");
    }

    @AfterEach
    void close() {
        hasher.close();
        store.close();
    }

    private List<Kind> kinds() {
        return events.stream().map(AuditEvent::kind).toList();
    }

    private AuditEvent last() {
        return events.getLast();
    }

    private Caller login(String username) {
        return tokens.authenticate(
                registry.login(username, "correct horse").token().value());
    }

    private void fails(String username, String password) {
        assertThatExceptionOfType(InvalidCredentialsException.class)
                .isThrownBy(() -> registry.login(username, password));
    }

    @Test
    void takesDownWhatUsersDo() {
        registry.register("alice", "correct horse", "key");
        accounts.changePassword(login("alice"), "correct horse", "correct horse");
        accounts.endSessions(login("alice"));
        accounts.delete(login("alice"), "correct horse");

        assertThat(kinds())
                .containsExactly(
                        Kind.ADMINISTRATOR_MADE,
                        Kind.USER_REGISTERED,
                        Kind.SIGNING_KEY_MADE,
                        Kind.LOGGED_IN,
                        Kind.PASSWORD_CHANGED,
                        Kind.LOGGED_IN,
                        Kind.SESSIONS_ENDED,
                        Kind.LOGGED_IN,
                        Kind.USER_DELETED);
        assertThat(last().user()).isEqualTo(ALICE);
        assertThat(events.toString())
                .doesNotContain("alice")
                .doesNotContain("root")
                .doesNotContain("horse");
    }

    @Test
    void tellsATokenByItsFingerprint() {
        LoggedIn login = registry.login("alice", "correct horse");

        assertThat(last().details()).isEqualTo(Map.of("token", login.token().fingerprint()));
        assertThat(login.token().fingerprint()).matches("[0-9a-f]{16}");
        assertThat(login.token().value()).doesNotContain(login.token().fingerprint());
    }

    @Test
    void saysWhyAPasswordWasRefused() {
        fails("nobody", "correct horse");
        assertThat(last()).isEqualTo(new AuditEvent(Kind.AUTHENTICATION_FAILED, null, Map.of("reason", "unknown")));
        fails("alice", "wrong horse");
        assertThat(last()).isEqualTo(new AuditEvent(Kind.AUTHENTICATION_FAILED, ALICE, Map.of("reason", "wrong")));
        fails("alice", "wrong horse");
        assertThat(kinds()).contains(Kind.USER_LOCKED);
        fails("alice", "correct horse");
        assertThat(last().details()).isEqualTo(Map.of("reason", "locked"));
        Administrator root = login("root").administrator();
        administration.change(root, ALICE, new AccountChange(true, null, false));
        fails("alice", "correct horse");
        assertThat(last().details()).isEqualTo(Map.of("reason", "disabled"));
    }

    @Test
    void saysWhyAReplayWasRefused() {
        failsToReplay("wrong horse");
        assertThat(last()).isEqualTo(new AuditEvent(Kind.AUTHENTICATION_FAILED, ALICE, Map.of("reason", "wrong")));
        failsToReplay("wrong horse");
        assertThat(kinds()).as("it counts as a login's").contains(Kind.USER_LOCKED);
        failsToReplay("correct horse");
        assertThat(last().details()).isEqualTo(Map.of("reason", "locked"));
    }

    private void failsToReplay(String password) {
        assertThatExceptionOfType(IdempotencyKeyReusedException.class)
                .isThrownBy(() -> registry.register("alice", password, "key"));
    }

    @Test
    void countsAWrongPasswordBeforeADeletionAsALogins() {
        Caller alice = login("alice");
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(InvalidCredentialsException.class)
                    .isThrownBy(() -> accounts.delete(alice, "wrong horse"));
        }
        assertThat(kinds()).contains(Kind.USER_LOCKED);
    }

    @Test
    void takesDownAResetByCode() {
        GivenResetCode given = administration.giveResetCode(login("root").administrator(), ALICE);
        assertThat(last()).isEqualTo(new AuditEvent(Kind.RESET_CODE_GIVEN, ALICE));
        accounts.resetPassword("alice", given.code(), "better horse");
        assertThat(last()).isEqualTo(new AuditEvent(Kind.PASSWORD_RESET, ALICE));
        assertThat(events.toString()).doesNotContain(given.code());
    }

    @Test
    void takesDownWhatAdministratorsDo() {
        Administrator root = login("root").administrator();
        administration.change(root, ALICE, new AccountChange(true, List.of("b", "a"), false));
        assertThat(last())
                .isEqualTo(new AuditEvent(
                        Kind.USER_CHANGED, ALICE, Map.of("disabled", "true", "roles", "a b", "locked", "false")));

        UserImport users = administration.beginImport(root);
        users.add(1, new ImportedUser("bob", CommandLog.HASH.phc(), null, null, List.of(), false));
        users.add(2, new ImportedUser("alice", CommandLog.HASH.phc(), null, null, List.of(), false));
        assertThat(users.finish().created()).isEqualTo(1);
        assertThat(last()).isEqualTo(new AuditEvent(Kind.USERS_IMPORTED, null, Map.of("created", "1")));

        administration.export(root, null, _ -> {});
        assertThat(last().kind()).isEqualTo(Kind.USERS_EXPORTED);
        administration.delete(root, ALICE);
        assertThat(last()).isEqualTo(new AuditEvent(Kind.USER_DELETED, ALICE, Map.of()));
    }

    @Test
    void takesDownNothingThatHasNotHappened() {
        events.clear();
        assertThatExceptionOfType(UsernameTakenException.class)
                .isThrownBy(() -> registry.register("alice", "correct horse", null));

        assertThat(events).isEmpty();
    }
}
