package io.muster.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeedlesTest {

    private static final Secret SECRET = new Secret("the secret", "k7canary2q9z");
    private static final Secret OTHER = new Secret("another", "k6canary2q9z");
    private static final Needles NEEDLES = new Needles(List.of(SECRET, OTHER));

    static Stream<byte[]> haystacks() {
        String text = "Ä {\"" + SECRET.text() + "\"}";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Stream<byte[]> raw = Stream.of(
                utf8,
                SECRET.text().getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.ISO_8859_1),
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_16BE));
        Stream<String> encoded = Stream.of(
                URLEncoder.encode(text, StandardCharsets.UTF_8),
                HexFormat.of().formatHex(utf8),
                HexFormat.ofDelimiter("").withUpperCase().formatHex(utf8),
                Base64.getEncoder().encodeToString(utf8),
                Base64.getEncoder().encodeToString((" " + text).getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder().encodeToString(("  " + text).getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(SECRET.text().getBytes(StandardCharsets.UTF_8)));
        return Stream.concat(raw, encoded.map(form -> form.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @MethodSource("haystacks")
    void findsASecretInEveryForm(byte[] haystack) {
        assertThat(NEEDLES.in(haystack)).containsExactly(SECRET);
    }

    @Test
    void findsNothingInWhatIsOnlySimilar() {
        String nearly = SECRET.text().substring(1) + SECRET.text().toUpperCase(Locale.ROOT);
        assertThat(NEEDLES.in(nearly.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(NEEDLES.in(new byte[0])).isEmpty();
    }
}
