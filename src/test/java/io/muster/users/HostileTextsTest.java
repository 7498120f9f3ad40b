package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.muster.hostile.Rounds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Names, passwords and keys out of any code units, well-formed or not. */
class HostileTextsTest {

    private static final int ROUNDS = 10_000;

    /** Letters and what borders on them: marks, joiners, directions, widths, surrogates, the last code points. */
    private static final String EDGES =
            "aZ0 .@\0\t\n\u007f\u00a0\u00ad\u00df\u0130\u0131\u017f\u0300\u0301\u0345\u03a3\u03c2\u0375\u05d0\u05f3"
                    + "\u0627\u0660\u06f0\u0644\u0640\u064b\u0cbf\u0dcf\u1100\u1161\u11a8\uac00\u1e9e\u200b\u200c\u200d\u200e\u202e\u2028\u2066"
                    + "\u2126\u212a\u212b\u3000\u3007\u30fb\u3042\u3131\ufb01\ufdfa\ufeff\uff21\uff9e\ufffd\uffff\ufdd0\ud800\udbff\udc00\udfff"
                    + "\ud835\udc00\ud83d\ude00\ud840\udc00\udb40\udc01\udbff\udfff";

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(16) == 0 ? random.nextInt(2_000) : random.nextInt(12);
        while (text.length() < length) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(1 << 16));
                case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 2, 3 -> text.append((char) ('a' + random.nextInt(26)));
                default -> text.append(EDGES.charAt(random.nextInt(EDGES.length())));
            }
        }
        return text.toString();
    }

    @Test
    void namesAreRefusedOrTheirOwnNormalForm() {
        Rounds.run("Username", ROUNDS, random -> {
            String raw = text(random);
            if (!(Username.check(raw) instanceof Checked.Valid<Username>(Username name))) {
                return false;
            }
            assertThat(name.value().codePointCount(0, name.value().length())).isBetween(3, 64);
            assertThat(Username.check(name.value())).as("of %s", codes(raw)).isEqualTo(new Checked.Valid<>(name));
            assertSurvivesUtf8(name.value());
            return true;
        });
    }

    @Test
    void passwordsAreRefusedOrKeptToTheLastCharacter() {
        Rounds.run("Password", ROUNDS, random -> {
            String raw = text(random);
            if (!(Password.check(raw) instanceof Checked.Valid<Password>(Password password))) {
                return false;
            }
            String prepared = new String(password.toUtf8(), StandardCharsets.UTF_8);
            assertThat(prepared.codePointCount(0, prepared.length()))
                    .isEqualTo(password.length())
                    .isBetween(1, 1024);
            assertThat(raw.codePoints()
                            .filter(point -> point >= 0xd800 && point <= 0xdfff)
                            .count())
                    .as("lone surrogates, all of which would be the same byte, in %s", codes(raw))
                    .isZero();
            assertThat(Password.check(prepared)).isInstanceOf(Checked.Valid.class);
            return true;
        });
    }

    @Test
    void keysAreRefusedOrDigested() {
        Rounds.run("RequestKey", ROUNDS, random -> {
            String raw = text(random);
            if (raw.isEmpty() || raw.length() > 255) {
                return false;
            }
            assertThatCode(() -> assertThat(RequestKey.of(raw).size()).isEqualTo(32))
                    .doesNotThrowAnyException();
            return true;
        });
    }

    private static void assertSurvivesUtf8(String text) {
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    private static String codes(String text) {
        return Arrays.toString(text.codePoints().mapToObj(Integer::toHexString).toArray());
    }
}
