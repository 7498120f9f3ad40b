package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptFunctionTest {

    /** As for Argon2: tests run where libxcrypt is. */
    @Test
    void theNativeLibraryIsThere() {
        assertThat(BcryptFunction.fastest()).isSameAs(NativeBcrypt.INSTANCE);
    }

    @Test
    void bothComputeTheSameOfAnything() {
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            byte[] password = password(random);
            byte[] salt = new byte[BcryptHash.SALT_BYTES];
            random.nextBytes(salt);
            int cost = random.nextInt(4, 7);

            String hash = NativeBcrypt.INSTANCE.hash(password, salt, cost);

            assertThat(hash).isEqualTo(JavaBcrypt.INSTANCE.hash(password, salt, cost));
            assertThat(NativeBcrypt.INSTANCE.matches(hash, password)).isTrue();
            password[0] = (byte) (password[0] ^ 1);
            assertThat(NativeBcrypt.INSTANCE.matches(hash, password)).isFalse();
            assertThat(JavaBcrypt.INSTANCE.matches(hash, password)).isFalse();
        }
    }

    /** Around 72 bytes, where passwords are cut, and with bytes above 127, where old implementations were wrong. */
    private static byte[] password(Random random) {
        byte[] password = new byte[random.nextInt(1, 90)];
        for (int i = 0; i < password.length; i++) {
            password[i] = (byte) random.nextInt(2, 256);
        }
        return password;
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void bothVerifyEveryKind(String kind) {
        byte[] password = "correct h\u00f6rse \u00ff\u00a3345".getBytes(StandardCharsets.UTF_8);
        String hash = kind + JavaBcrypt.INSTANCE.hash(password, new byte[16], 4).substring(4);

        assertThat(NativeBcrypt.INSTANCE.matches(hash, password)).isTrue();
        assertThat(JavaBcrypt.INSTANCE.matches(hash, password)).isTrue();
        password[3] = (byte) (password[3] ^ 1);
        assertThat(NativeBcrypt.INSTANCE.matches(hash, password)).isFalse();
    }

    @Test
    void neitherChangesThePassword() {
        for (BcryptFunction function : new BcryptFunction[] {NativeBcrypt.INSTANCE, JavaBcrypt.INSTANCE}) {
            byte[] password = "correct horse".getBytes(StandardCharsets.US_ASCII);
            function.matches(function.hash(password, new byte[16], 4), password);

            assertThat(password).asString().isEqualTo("correct horse");
        }
    }
}
