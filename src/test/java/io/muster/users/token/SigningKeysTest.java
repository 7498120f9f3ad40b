package io.muster.users.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWKSet;
import io.muster.raft.Bytes;
import io.muster.users.TestTokens;
import io.muster.users.store.SigningKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SigningKey first = keyFrom(NOW.minus(HOUR.multipliedBy(3)));
    private final SigningKey second = keyFrom(NOW.minus(HOUR));
    private final SigningKey third = keyFrom(NOW.plusMillis(1));

    private static SigningKey keyFrom(Instant signsFrom) {
        return SigningKeys.generate(TestTokens.wrap(), signsFrom.minus(HOUR), HOUR);
    }

    @Test
    void signsByTheNewestWhoseTimeHasCome() {
        List<SigningKey> keys = List.of(first, second, third);

        assertThat(SigningKeys.signer(keys, NOW)).isEqualTo(second);
        assertThat(SigningKeys.signer(keys, NOW.plusMillis(1))).isEqualTo(third);
        assertThat(SigningKeys.signer(List.of(third), NOW))
                .as("a clock that is behind")
                .isEqualTo(third);
        assertThat(SigningKeys.signer(List.of(), NOW)).isNull();
    }

    @Test
    void keepsAKeyValidForTheOverlapAfterItsLastSignature() {
        List<SigningKey> keys = List.of(first, second, third);
        SigningKey ofTheFuture = keyFrom(NOW.plus(HOUR.multipliedBy(9)));

        assertThat(SigningKeys.valid(List.of(first, ofTheFuture, second), NOW, HOUR))
                .as("a clock that was ahead")
                .containsExactly(second);
        assertThat(SigningKeys.signer(List.of(first, ofTheFuture, second), NOW)).isEqualTo(second);
        assertThat(SigningKeys.valid(keys, NOW, HOUR.plusMillis(1))).containsExactly(first, second, third);
        assertThat(SigningKeys.valid(keys, NOW, HOUR)).containsExactly(second, third);
        assertThat(SigningKeys.valid(List.of(first), NOW, HOUR)).containsExactly(first);
        assertThat(SigningKeys.valid(List.of(), NOW, HOUR)).isEmpty();
    }

    @Test
    void publishesPublicPartsOnly() throws ParseException {
        String json = JwkSets.toJson(List.of(first, second));
        JWKSet set = JWKSet.parse(json);

        assertThat(set.getKeys()).extracting(key -> key.getKeyID()).containsExactly(first.id(), second.id());
        assertThat(set.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(json).contains("\"use\":\"sig\"", "\"alg\":\"ES256\"", "\"crv\":\"P-256\"");
        assertThat(json).doesNotContain("\"d\"");
    }

    @Test
    void knowsItsOwnKeysFromOthers() {
        SigningKeys.require(first);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKeys.require(
                        new SigningKey(second.id(), first.publicKey(), first.wrappedPrivateKey(), 1, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKeys.require(
                        new SigningKey("key", Bytes.copyOf(new byte[] {1, 2}), first.wrappedPrivateKey(), 1, 1)));
    }

    @Test
    void showsNothingOfAKeyButItsId() {
        assertThat(first.toString()).isEqualTo("SigningKey[" + first.id() + "]");
    }
}
