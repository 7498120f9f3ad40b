package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.raft.Bytes;
import io.muster.users.store.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
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

    /** Vectors of the reference implementation, phc-winner-argon2, src/test.c, version 0x13, Argon2id. */
    @ParameterizedTest
    @CsvSource({
        "password, somesalt, 65536, 2, 1, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        "password, somesalt, 256, 2, 1, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        "password, somesalt, 256, 2, 2, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
        "password, somesalt, 65536, 1, 1, f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
        "password, somesalt, 65536, 4, 1, 9025d48e68ef7395cca9079da4c4ec3affb3c8911fe4f86d1a2520856f63172c",
        "differentpassword, somesalt, 65536, 2, 1, 0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
        "password, diffsalt, 65536, 2, 1, bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c",
    })
    void computesTheReferenceVectors(
            String password, String salt, int memoryKib, int iterations, int lanes, String tag) {
        Bytes saltBytes = Bytes.copyOf(salt.getBytes(StandardCharsets.UTF_8));
        HashParameters parameters = new HashParameters(memoryKib, iterations);
        Bytes expected = Bytes.copyOf(HexFormat.of().parseHex(tag));

        Argon2 argon2 = new Argon2(SMALLEST, Peppers.NONE);
        assertThat(argon2.tag(password(password), parameters, lanes, saltBytes, 32, null))
                .isEqualTo(expected);
        // Memory is used again: what the first hash left there must not matter.
        assertThat(argon2.tag(password(password), parameters, lanes, saltBytes, 32, null))
                .isEqualTo(expected);
        assertThat(hasher.verify(
                        password(password), new Argon2Hash(parameters, lanes, saltBytes, expected).encode(), far()))
                .isTrue();
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
    @CsvSource({"7, 1", "-1, 1", "1048577, 1", "8, 0", "8, 65", "2147483647, 1"})
    void refusesParametersOutOfRange(int memoryKib, int iterations) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HashParameters(memoryKib, iterations));
    }

    @ParameterizedTest
    @CsvSource({"19456, 2, false", "19455, 2, true", "19456, 1, true", "65536, 3, false", "8, 1, true"})
    void knowsTheRecommendation(int memoryKib, int iterations, boolean below) {
        assertThat(new HashParameters(memoryKib, iterations).belowRecommendation())
                .isEqualTo(below);
    }
}
