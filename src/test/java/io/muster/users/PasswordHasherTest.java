package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.node.ConsensusException;
import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordHasherTest {

    private static final HashParameters SMALLEST = new HashParameters(8, 1);

    private final PasswordHasher hasher =
            new PasswordHasher(new HashScheme.Argon2id(SMALLEST), Peppers.NONE, 1, 4, Duration.ofMinutes(5));

    @AfterEach
    void close() {
        hasher.close();
    }

    private static Deadline far() {
        return Deadline.after(Duration.ofMinutes(5));
    }

    private static Password password(String raw) {
        return ((Checked.Valid<Password>) Password.check(raw)).value();
    }

    @Test
    void verifiesAHashOfElsewhereWithLanesOfItsOwn() {
        PasswordHash hash = new PasswordHash(
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc");

        assertThat(hasher.verify(password("password"), hash, far())).isTrue();
        assertThat(hasher.verify(password("Password"), hash, far())).isFalse();
    }

    @Test
    void verifiesItsOwnHashesOnly() {
        PasswordHash hash = hasher.hash(password("correct horse"), far());

        assertThat(hasher.verify(password("correct horse"), hash, far())).isTrue();
        assertThat(hasher.verify(password("Correct horse"), hash, far())).isFalse();
        assertThat(hasher.verify(password("correct hors"), hash, far())).isFalse();
    }

    @Test
    void writesThePhcString() {
        PasswordHash hash = hasher.hash(password("correct horse"), far());

        assertThat(hash.phc()).matches("\\$argon2id\\$v=19\\$m=8,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(Argon2Hash.parse(hash).encode()).isEqualTo(hash);
    }

    @Test
    void saltsEveryHashAnew() {
        assertThat(hasher.hash(password("correct horse"), far()))
                .isNotEqualTo(hasher.hash(password("correct horse"), far()));
    }

    @Test
    void verifiesHashesOfOtherParameters() {
        try (PasswordHasher other = new PasswordHasher(
                new HashScheme.Argon2id(new HashParameters(64, 3)), Peppers.NONE, 1, 4, Duration.ofMinutes(5))) {
            PasswordHash hash = other.hash(password("correct horse"), far());

            assertThat(hasher.verify(password("correct horse"), hash, far())).isTrue();
            assertThat(hasher.verify(password("wrong"), hash, far())).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 1", "-1, 1", "262145, 1", "8, 0", "8, 65", "2147483647, 1", "262144, 5", "19456, 54"})
    void refusesParametersOutOfRange(int memoryKib, int iterations) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HashParameters(memoryKib, iterations));
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "262144, 4", "19456, 53", "8, 64"})
    void takesParametersUpToTheirBounds(int memoryKib, int iterations) {
        assertThat(new HashParameters(memoryKib, iterations).memoryKib()).isEqualTo(memoryKib);
    }

    /** There may be memory for one such hash, and not for two. */
    @Test
    void computesOneHashAtATimeThatIsLargerThanUsual() throws Exception {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Semaphore larger = new Semaphore(1);
        Argon2Function waiting = (_, _, _, _, _, _) -> {
            computing.countDown();
            awaitUninterruptibly(go);
        };
        Argon2Function quick = (_, _, _, _, _, _) -> {};
        Argon2 first = new Argon2(new LargeHashes(waiting, SMALLEST, larger), Peppers.NONE);
        Argon2 second = new Argon2(new LargeHashes(quick, SMALLEST, larger), Peppers.NONE);
        HashParameters large = new HashParameters(64 * 1024 + 1, 1);
        Thread thread = Thread.ofPlatform().start(() -> tag(first, large));
        try {
            assertThat(computing.await(1, TimeUnit.MINUTES)).isTrue();

            assertThatExceptionOfType(ConsensusException.Overloaded.class).isThrownBy(() -> tag(second, large));
            assertThat(tag(second, new HashParameters(64 * 1024, 1))).isNotNull();
        } finally {
            go.countDown();
            thread.join();
        }
        assertThat(tag(second, large)).isNotNull();
    }

    private static Bytes tag(Argon2 argon2, HashParameters parameters) {
        return argon2.tag(password("correct horse"), parameters, 1, Bytes.copyOf(new byte[16]), 32, null);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"19456, 2, false", "19455, 2, true", "19456, 1, true", "65536, 3, false", "8, 1, true"})
    void knowsTheRecommendation(int memoryKib, int iterations, boolean below) {
        assertThat(new HashParameters(memoryKib, iterations).belowRecommendation())
                .isEqualTo(below);
    }
}
