package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2FunctionTest {

    private static final HashParameters SMALLEST = new HashParameters(8, 1);

    private final Argon2Function java = new JavaArgon2(SMALLEST);

    /** Tests run where there is code for the platform: else all others would try Java alone, and nobody would know. */
    @Test
    void theNativeLibraryIsThere() {
        assertThat(Argon2Function.fastest(SMALLEST)).isSameAs(NativeArgon2.INSTANCE);
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
    void bothComputeTheReferenceVectors(
            String password, String salt, int memoryKib, int iterations, int lanes, String tag) {
        HashParameters parameters = new HashParameters(memoryKib, iterations);

        for (Argon2Function function : new Argon2Function[] {java, NativeArgon2.INSTANCE}) {
            // Twice: what the first hash left in the memory must not matter.
            for (int time = 0; time < 2; time++) {
                assertThat(compute(function, utf8(password), utf8(salt), new byte[0], parameters, lanes, 32))
                        .isEqualTo(HexFormat.of().parseHex(tag));
            }
        }
    }

    @Test
    void bothComputeTheSameOfAnything() {
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] password = bytes(random, random.nextInt(1, 200));
            byte[] salt = bytes(random, random.nextInt(8, 65));
            byte[] secret = bytes(random, random.nextInt(100));
            int lanes = random.nextInt(1, 5);
            HashParameters parameters = new HashParameters(random.nextInt(8 * lanes, 200), random.nextInt(1, 4));
            int length = random.nextInt(16, 65);

            assertThat(compute(NativeArgon2.INSTANCE, password, salt, secret, parameters, lanes, length))
                    .isEqualTo(compute(java, password, salt, secret, parameters, lanes, length));
        }
    }

    @Test
    void neitherChangesItsInputs() {
        for (Argon2Function function : new Argon2Function[] {java, NativeArgon2.INSTANCE}) {
            byte[] password = utf8("correct horse");
            byte[] salt = utf8("somesalt");
            byte[] secret = utf8("a secret of some length");

            compute(function, password, salt, secret, SMALLEST, 1, 32);

            assertThat(password).isEqualTo(utf8("correct horse"));
            assertThat(salt).isEqualTo(utf8("somesalt"));
            assertThat(secret).isEqualTo(utf8("a secret of some length"));
        }
    }

    private static byte[] compute(
            Argon2Function function,
            byte[] password,
            byte[] salt,
            byte[] secret,
            HashParameters parameters,
            int lanes,
            int length) {
        byte[] tag = new byte[length];
        function.fill(tag, password, salt, secret, parameters, lanes);
        return tag;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
