package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.muster.node.ConsensusException;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.TestStores;
import io.muster.users.store.User;
import io.muster.users.store.UserStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that other systems have made by bcrypt, and how logins replace what is weaker than what is made now. */
@Timeout(60)
class BcryptTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final HashScheme ARGON2ID = new HashScheme.Argon2id(new HashParameters(16, 1));
    private static final HashScheme BCRYPT = new HashScheme.Bcrypt(4);
    private static final String LONG = "x".repeat(72);
    /** Of {@link #LONG} and any tail, as other systems cut it. */
    private static final String HASH_OF_LONG = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";

    private static final String HASH = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

    @TempDir
    Path directory;

    private UserStore store;
    private SingleReplica cluster;
    private PasswordHasher hasher;
    private Authenticator authenticator;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("users"));
        cluster = new SingleReplica(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        hashBy(ARGON2ID);
    }

    private void hashBy(HashScheme scheme) {
        hasher = new PasswordHasher(scheme, Peppers.NONE, 1, 16, MINUTE);
        authenticator =
                TestLockout.authenticator(cluster, store, hasher, InstantSource.fixed(Instant.ofEpochSecond(1)));
    }

    @AfterEach
    void close() {
        hasher.close();
        store.close();
    }

    private static Deadline far() {
        return Deadline.after(MINUTE);
    }

    private static Password password(String raw) {
        return ((Checked.Valid<Password>) Password.check(raw)).value();
    }

    private void register(String hash) {
        User user = CommandLog.user(1, "alice").withPasswordHash(new PasswordHash(hash));
        assertThat(cluster.propose(CommandCodec.encode(new RegisterCommand(user))))
                .isCompleted();
    }

    private String stored() {
        return Objects.requireNonNull(store.userById(new UUID(7, 1)))
                .passwordHash()
                .phc();
    }

    private void login(String password) {
        assertThat(authenticator.authenticate("alice", password, far()).username())
                .isEqualTo("alice");
    }

    /** The first by jBCrypt's own tests, the others by libxcrypt. */
    @ParameterizedTest
    @CsvSource({
        "abc, $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "correct horse, $2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
        "correct horse, $2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
        "p\u00e4ssw\u00f6rd, $2a$04$abcdefghijklmnopqrstuuyx2n0Zzopyr9QuYTMCfOJJOj526QVoC",
    })
    void verifiesWhatOthersHaveHashed(String raw, String hash) {
        assertThat(hasher.verify(password(raw), new PasswordHash(hash), far())).isTrue();
        assertThat(hasher.verify(password(raw + "x"), new PasswordHash(hash), far()))
                .isFalse();
        assertThat(StoredHash.parse(new PasswordHash(hash)).toString()).doesNotContain(hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2x$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "$2b$03$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "$2b$17$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6",
                "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e ",
                "$2$",
            })
    void refusesWhatIsOutOfBounds(String hash) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredHash.parse(new PasswordHash(hash)))
                .withMessageNotContaining("abcdefgh");
    }

    @Test
    void hashesByBcryptWhereThatIsWanted() {
        hashBy(BCRYPT);
        PasswordHash hash = hasher.hash(password("correct horse"), far());

        assertThat(hash.phc()).startsWith("$2b$04$").hasSize(60);
        assertThat(hasher.verify(password("correct horse"), hash, far())).isTrue();
        assertThat(hasher.verify(password("wrong horse"), hash, far())).isFalse();
        assertThat(hasher.hash(password("correct horse"), far())).isNotEqualTo(hash);
    }

    /** bcrypt would cut a longer one: whoever knew its beginning could log in. */
    @Test
    void refusesNewPasswordsThatBcryptWouldCut() {
        PasswordPolicy policy = new PasswordPolicy(8, false, false);

        assertThat(policy.hashedBy(BCRYPT).check(LONG, null)).isInstanceOf(Checked.Valid.class);
        assertThat(policy.hashedBy(BCRYPT).check(LONG + "x", null))
                .isEqualTo(new Checked.Broken<>(Violation.tooManyBytes("password", 72)));
        assertThat(policy.hashedBy(BCRYPT).check("\u00e4".repeat(37), null)).isInstanceOf(Checked.Broken.class);
        assertThat(policy.hashedBy(ARGON2ID).check(LONG + "x", null)).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void makesAWeakerHashAnewAtLogin() {
        register(HASH);
        login("correct horse");

        await().until(() -> stored().startsWith("$argon2id$v=19$m=16,t=1,p=1$"));
        assertThat(Objects.requireNonNull(store.userByName("alice")).access().epoch())
                .as("sessions go on")
                .isZero();
        int entries = cluster.log().size();
        login("correct horse");
        assertThat(cluster.log()).hasSize(entries);
    }

    /** What was cut elsewhere is whole from its first login here on. */
    @Test
    void takesTheWholePasswordOnceItHasBeenShown() {
        register(HASH_OF_LONG);
        login(LONG + "tail");

        await().until(() -> stored().startsWith("$argon2id$"));
        login(LONG + "tail");
        assertThat(hasher.verify(password(LONG), new PasswordHash(stored()), far()))
                .isFalse();
    }

    @Test
    void goesOnWithTheOldHashWhereNoneCanBeStored() {
        register(HASH);
        cluster.refusal = new ConsensusException.NoQuorum("no leader");
        login("correct horse");
        cluster.refusal = null;
        await().until(() -> {
            login("correct horse");
            return stored().startsWith("$argon2id$");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false| $argon2id$v=19$m=16,t=1,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0",
                "false| $argon2id$v=19$m=32,t=2,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0",
                "true| $argon2id$v=19$m=8,t=2,p=1$c2FsdHNhbHQ$c2VjcmV0c2VjcmV0c2VjcmV0",
                "true| $2b$16$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
            })
    void knowsWhatIsWeaker(boolean outdated, String hash) {
        assertThat(hasher.isOutdated(new PasswordHash(hash))).isEqualTo(outdated);
    }

    @Test
    void leavesStrongerHashesBesideBcrypt() {
        hashBy(new HashScheme.Bcrypt(5));

        assertThat(hasher.isOutdated(new PasswordHash(HASH))).isTrue();
        assertThat(hasher.isOutdated(CommandLog.HASH)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 17, 0, -1})
    void refusesACostOutOfRange(int cost) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HashScheme.Bcrypt(cost));
    }

    @Test
    void knowsTheRecommendation() {
        assertThat(new HashScheme.Bcrypt(10).belowRecommendation()).isFalse();
        assertThat(new HashScheme.Bcrypt(9).belowRecommendation()).isTrue();
        assertThat(new HashScheme.Argon2id(new HashParameters(19456, 2)).belowRecommendation())
                .isFalse();
    }
}
