package io.muster.users.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.raft.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyWrapTest {

    private static final String SECRET = "the first secret, 32 characters or more";
    private static final String OTHER = "the other secret, 32 characters or more";
    private static final byte[] PRIVATE = "a private key".getBytes(StandardCharsets.US_ASCII);

    private static final String WRAPPED_BEFORE =
            "0185244590af041e77de79ecde4a7e1455af129e24fa8ab33189857807bd" + "60b5b95ae1ecb31e78f376ab89bda02529a6d404";

    private final KeyWrap wrap = new KeyWrap(List.of(SECRET));

    private static void refuses(KeyWrap wrap, String keyId, Bytes wrapped, String why) {
        assertThatExceptionOfType(UnusableSigningKeyException.class)
                .isThrownBy(() -> wrap.unwrap(keyId, wrapped))
                .withMessageContaining(why)
                .withMessageContaining("muster.tokens.wrapping-key-file")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void unwrapsWhatItHasWrapped() {
        Bytes wrapped = wrap.wrap("kid", PRIVATE);

        assertThat(new KeyWrap(List.of(SECRET)).unwrap("kid", wrapped)).isEqualTo(PRIVATE);
        assertThat(new String(wrapped.toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("a private key");
    }

    @Test
    void wrapsTheSameDifferentlyEachTime() {
        assertThat(wrap.wrap("kid", PRIVATE)).isNotEqualTo(wrap.wrap("kid", PRIVATE));
    }

    /** Made by an earlier build: data directories hold such keys. */
    @Test
    void unwrapsWhatEarlierBuildsHaveWrapped() {
        Bytes wrapped = Bytes.copyOf(HexFormat.of().parseHex(WRAPPED_BEFORE));

        assertThat(wrap.unwrap("kid", wrapped)).isEqualTo(PRIVATE);
    }

    @Test
    void refusesWhatAnotherSecretHasWrapped() {
        refuses(new KeyWrap(List.of(OTHER)), "kid", wrap.wrap("kid", PRIVATE), "another secret");
    }

    @Test
    void refusesAnotherKeysWrapping() {
        refuses(wrap, "other", wrap.wrap("kid", PRIVATE), "not what was wrapped");
    }

    @Test
    void refusesEveryChangedBit() {
        byte[] wrapped = wrap.wrap("kid", PRIVATE).toByteArray();
        for (int bit = 0; bit < 8 * wrapped.length; bit++) {
            byte[] changed = wrapped.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refuses(wrap, "kid", Bytes.copyOf(changed), "it ");
        }
        refuses(wrap, "kid", Bytes.EMPTY, "this version does not know");
        refuses(wrap, "kid", Bytes.copyOf(new byte[] {1, 2, 3}), "this version does not know");
    }

    @Test
    void goesOnUnwrappingAfterTheSecretWasReplaced() {
        Bytes before = wrap.wrap("kid", PRIVATE);
        KeyWrap after = new KeyWrap(List.of(OTHER, SECRET));

        assertThat(after.unwrap("kid", before)).isEqualTo(PRIVATE);
        assertThat(new KeyWrap(List.of(OTHER)).unwrap("kid", after.wrap("kid", PRIVATE)))
                .isEqualTo(PRIVATE);
    }

    @Test
    void refusesShortSecrets() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyWrap(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyWrap(List.of(SECRET, "short")));
    }
}
