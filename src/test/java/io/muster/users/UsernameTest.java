package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    private static String mapped(String raw) {
        return Username.check(raw) instanceof Checked.Valid<Username>(Username name) ? name.value() : "refused";
    }

    private static String code(String raw) {
        return Username.check(raw) instanceof Checked.Broken<Username>(Violation violation)
                ? violation.code()
                : "valid";
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "alice, alice",
                "Alice, alice",
                "O'Neil's, o'neil's",
                "Ångström, ångström",
                "A\u030angstro\u0308m, ångström",
                "ＡＬＩＣＥ, alice",
                "ΣΊΣΥΦΟΣ, σίσυφος",
                "user@example.org, user@example.org",
                "مرحبا, مرحبا",
                "山田太郎, 山田太郎",
                "\uD840\uDC00\uD840\uDC00\uD840\uDC00, \uD840\uDC00\uD840\uDC00\uD840\uDC00",
            })
    void mapsCaseWidthAndComposition(String raw, String expected) {
        assertThat(mapped(raw)).isEqualTo(expected);
        assertThat(mapped(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice\u0000",
                "al\u0007ice",
                "alice\n",
                "alice\t",
                "a\u0085lice",
                "alice\u007f", // control
                "alice\u202e",
                "\u202ealice",
                "al\u202eice",
                "\u2066alice",
                "\u05d0\u202e\u05d0\u05d0", // overrides
                "alice\ud800",
                "\udc00alice",
                "al\ud800ice",
                "\udc00\ud800abc", // lone surrogates
                "al ice",
                " alice",
                "alice ",
                "al\u00a0ice",
                "al\u3000ice",
                "al\u2028ice", // spaces
                "al\u200bice",
                "al\u200dice",
                "\ufeffalice",
                "al\u00adice",
                "\u2060alice",
                "ali\ufe0fce", // invisible
                "alice\ud83d\ude00",
                "\ufb01lice",
                "al\u2122ice",
                "alice\ue000",
                "alice\ufffe",
                "alice\u0378", // symbols
                "alice\u0645",
                "\u0645alice",
                "\u0660\u0661\u0662", // mixed directions
            })
    void refusesCharacters(String raw) {
        assertThat(code(raw)).isEqualTo("disallowed-characters");
    }

    @Test
    void refusesEveryControlFormatAndPrivateCharacterWhereverItStands() {
        for (String frame : new String[] {"%salice", "al%sice", "alice%s", "\u05d0\u05d0%s\u05d0"}) {
            for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
                switch (Character.getType(codePoint)) {
                    case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
                        assertThat(code(frame.replace("%s", Character.toString(codePoint))))
                                .as("%04x in %s", codePoint, frame)
                                .isEqualTo("disallowed-characters");
                    default -> {}
                }
            }
        }
    }

    @Test
    void countsCodePointsAfterMapping() {
        assertThat(code("")).isEqualTo("too-short");
        assertThat(code("ab")).isEqualTo("too-short");
        assertThat(code("abe\u0301")).isEqualTo("valid");
        assertThat(code("ae\u0301")).isEqualTo("too-short");
        assertThat(code("\uD840\uDC00\uD840\uDC00")).isEqualTo("too-short");
        assertThat(code("x".repeat(64))).isEqualTo("valid");
        assertThat(code("\uD840\uDC00".repeat(64))).isEqualTo("valid");
        assertThat(code("e\u0301".repeat(64))).isEqualTo("valid");
        assertThat(code("x".repeat(65))).isEqualTo("too-long");
    }

    @Test
    void refusesAHugeNameWithoutMappingIt() {
        assertThat(code("\u0000".repeat(10_000_000))).isEqualTo("too-long");
    }

    @Test
    void doesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(mapped("ISTANBUL")).isEqualTo("istanbul");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void doesNotRepeatTheValueInAViolation() {
        assertThat(Username.check("sec ret").toString()).contains("username").doesNotContain("sec ret");
    }
}
