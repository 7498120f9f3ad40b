package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.node.ConsensusException;
import io.muster.raft.Entry;
import io.muster.raft.Payload;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import io.muster.users.token.RefreshOptions;
import io.muster.users.token.RefreshToken;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens and what becomes of them, on one replica. */
@Timeout(60)
class SessionsTest {

    private static final HashParameters SMALLEST = new HashParameters(8, 1);
    private static final String PASSWORD = "correct horse";
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final UUID ALICE = new UUID(0, 1);

    @TempDir
    Path directory;

    private final List<AuditEvent> events = new ArrayList<>();
    private UserStore store;
    private SingleReplica cluster;
    private PasswordHasher hasher;
    private Tokens tokens;
    private Sessions sessions;
    private Registry registry;
    private Accounts accounts;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        hasher = new PasswordHasher(new HashScheme.Argon2id(SMALLEST), Peppers.NONE, new ObservedPool(SMALLEST));
        tokens = TestTokens.of(cluster, store, this::now);
        sessions = new Sessions(
                new Proposals(cluster, events::add),
                store,
                tokens,
                Optional.of(new RefreshOptions(LIFETIME, GRACE)),
                Duration.ofMinutes(1));
        RegistryOptions options = new RegistryOptions(new PasswordPolicy(8, true, true), true, Duration.ofMinutes(1));
        AtomicLong ids = new AtomicLong();
        Authenticator authenticator = TestLockout.authenticator(cluster, store, hasher, this::now);
        registry = new Registry(
                TestProposals.of(cluster),
                authenticator,
                hasher,
                sessions,
                options,
                this::now,
                () -> new UUID(0, ids.incrementAndGet()));
        accounts = new Accounts(TestProposals.of(cluster), authenticator, hasher, options, this::now);
        registry.register("alice", PASSWORD, null);
    }

    @AfterEach
    void close() {
        hasher.close();
        store.close();
    }

    private Instant now() {
        return Instant.ofEpochMilli(cluster.timeMillis);
    }

    private void later(Duration time) {
        cluster.timeMillis += time.toMillis();
    }

    private String login() {
        return registry.login("alice", PASSWORD).refreshToken().orElseThrow().value();
    }

    private String refresh(String token) {
        return sessions.refresh(token).refreshToken().orElseThrow().value();
    }

    private void isDead(String token) {
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> sessions.refresh(token));
    }

    private static RefreshToken read(String token) {
        return Objects.requireNonNull(RefreshToken.read(token));
    }

    private User alice() {
        return Objects.requireNonNull(store.userById(ALICE));
    }

    @Test
    void givesAnotherAccessTokenForARefreshToken() {
        LoggedIn session = sessions.refresh(login());

        assertThat(session.id()).isEqualTo(ALICE);
        assertThat(session.username()).isEqualTo("alice");
        assertThat(session.index()).isEqualTo(store.appliedIndex());
        assertThat(tokens.authenticate(session.token().value()).userId()).isEqualTo(ALICE);
    }

    @Test
    void goesOnForAsLongAsItIsUsed() {
        String token = login();
        for (int i = 0; i < 4; i++) {
            later(LIFETIME.minusSeconds(1));
            token = refresh(token);
        }
        later(LIFETIME);
        registry.register("bob", PASSWORD, null);
        int entries = cluster.log().size();
        isDead(token);
        assertThat(cluster.log()).hasSize(entries);
    }

    @Test
    void takesATokenThatWasReplacedAMomentAgo() {
        String token = login();
        String first = refresh(token);
        later(GRACE);
        String second = refresh(token);

        assertThat(alice().families().getFirst().current()).hasSize(2);
        refresh(second);
        later(GRACE.plusMillis(1));
        isDead(first);
    }

    @Test
    void endsAllOfALoginWhereAReplacedTokenIsShown() {
        String token = login();
        String other = login();
        String next = refresh(token);
        later(GRACE.plusMillis(1));

        isDead(token);

        isDead(next);
        refresh(other);
        assertThat(alice().families()).hasSize(1);
    }

    @Test
    void takesDownWhatBecomesOfALogin() {
        String token = login();
        String next = refresh(token);
        later(GRACE.plusMillis(1));
        isDead(token);
        sessions.end(login());

        assertThat(events)
                .extracting(AuditEvent::kind)
                .containsExactly(
                        AuditEvent.Kind.LOGGED_IN,
                        AuditEvent.Kind.TOKEN_REFRESHED,
                        AuditEvent.Kind.REFRESH_TOKEN_REUSED,
                        AuditEvent.Kind.LOGGED_IN,
                        AuditEvent.Kind.SESSION_ENDED);
        assertThat(events).extracting(AuditEvent::user).containsOnly(ALICE);
        assertThat(events.toString()).doesNotContain(token).doesNotContain(next);
    }

    @Test
    void endsAllOfALoginWhereATokenOfItIsShownThatWasNeverGiven() {
        String token = login();
        RefreshToken known = read(token);

        isDead(RefreshToken.next(known.userId(), known.familyId()).value());

        isDead(token);
    }

    @Test
    void boundsHowManyAskWithOneToken() {
        String token = login();
        for (int i = 0; i < 4; i++) {
            refresh(token);
        }
        isDead(token);
        assertThat(alice().families()).hasSize(1);
    }

    @Test
    void forgetsTheSessionThatWasUsedLeastLately() {
        List<String> logins = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            later(Duration.ofMinutes(1));
            logins.add(login());
        }
        later(Duration.ofMinutes(1));
        String first = refresh(logins.getFirst());

        login();

        assertThat(alice().families()).hasSize(10);
        isDead(logins.get(1));
        refresh(first);
        refresh(logins.get(2));
    }

    @Test
    void makesRoomOfSessionsFirstThatNobodyHasUsed() {
        String used = refresh(login());
        for (int i = 0; i < 12; i++) {
            later(Duration.ofMinutes(1));
            login();
        }
        refresh(used);
    }

    @Test
    void endsAllOfALoginWhereTheOneBeforeThePreviousIsShown() {
        String token = login();
        String latest = refresh(refresh(token));

        isDead(token);
        isDead(latest);
    }

    @Test
    void makesRoomOfSessionsThatHaveEnded() {
        login();
        later(LIFETIME);
        login();

        assertThat(alice().families()).hasSize(1);
    }

    @Test
    void endsWithTheUsersSessions() {
        String token = login();
        accounts.endSessions(
                tokens.authenticate(registry.login("alice", PASSWORD).token().value()));

        isDead(token);
        assertThat(alice().families()).isEmpty();
    }

    @Test
    void endsAlone() {
        String token = refresh(login());
        String other = login();

        assertThat(sessions.end(token)).isEqualTo(store.appliedIndex());

        isDead(token);
        assertThat(alice().families()).hasSize(1);
        refresh(other);
    }

    @Test
    void hasNothingToEndWhereItDoesNotGoOn() {
        String token = login();
        sessions.end(token);
        int entries = cluster.log().size();

        sessions.end(token);
        sessions.end("no token");
        sessions.end(RefreshToken.next(new UUID(0, 9), read(token).familyId()).value());

        assertThat(cluster.log()).hasSize(entries);
    }

    @Test
    void endsWithTheUser() {
        String token = login();
        accounts.delete(
                tokens.authenticate(registry.login("alice", PASSWORD).token().value()), PASSWORD);

        isDead(token);
    }

    @Test
    void opensNoSessionOfAnotherEpoch() {
        String token = login();
        AccountCommand open = new AccountCommand.OpenFamily(
                ALICE, 1, new UUID(1, 1), read(token).hash(), 1);

        var committed = cluster.propose(CommandCodec.encode(open)).join();

        assertThat(ResultCodec.decode(committed.result())).isEqualTo(ChangeResult.OUTDATED);
        refresh(token);
    }

    @Test
    void writesNothingForWhatIsNoToken() {
        String token = login();
        int entries = cluster.log().size();

        isDead("");
        isDead("x".repeat(86));
        isDead("!".repeat(86));
        isDead(token + "x");
        isDead(RefreshToken.next(ALICE, new UUID(1, 1)).value());
        isDead(RefreshToken.next(new UUID(0, 9), read(token).familyId()).value());

        assertThat(cluster.log()).hasSize(entries);
    }

    @Test
    void keepsHashesOnly() {
        String token = refresh(login());

        String log = new String(allOfTheLog(), StandardCharsets.ISO_8859_1);
        byte[] secret = Base64.getUrlDecoder().decode(token);
        assertThat(log)
                .contains(new String(read(token).hash().toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain(token)
                .doesNotContain(new String(secret, 32, 32, StandardCharsets.ISO_8859_1));
        assertThat(read(token).toString()).doesNotContain(token);
    }

    private byte[] allOfTheLog() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Entry entry : cluster.log()) {
            if (entry.payload() instanceof Payload.Command(var content)) {
                all.writeBytes(content.toByteArray());
            }
        }
        return all.toByteArray();
    }

    @Test
    void opensNoSessionWhereItIsNotKnownWhetherOneIsThere() {
        registry.login("alice", PASSWORD);
        Sessions impatient = new Sessions(
                TestProposals.of(cluster),
                store,
                tokens,
                Optional.of(new RefreshOptions(LIFETIME, GRACE)),
                Duration.ofMinutes(1));
        User alice = alice();
        cluster.silent = true;

        assertThatExceptionOfType(ConsensusException.NoQuorum.class)
                .isThrownBy(() -> impatient.open(alice, 1, Deadline.after(Duration.ofMillis(50))));
    }

    @Test
    void hasNoneWhereTheSettingsAskForNone() {
        Sessions plain = TestTokens.sessions(cluster, store, tokens);
        String token = login();
        int entries = cluster.log().size();

        assertThat(plain.open(alice(), 1, Deadline.after(Duration.ofMinutes(1))).refreshToken())
                .isEmpty();
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> plain.refresh(token));
        assertThat(cluster.log()).hasSize(entries);
    }
}
