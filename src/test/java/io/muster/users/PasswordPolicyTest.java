package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final PasswordPolicy STRICT = new PasswordPolicy(8, true, true);

    private final PasswordPolicy policy = new PasswordPolicy(8, false, false);

    private String code(String raw) {
        return policy.check(raw, null) instanceof Checked.Broken<Password>(Violation violation)
                ? violation.code()
                : "valid";
    }

    private static String prepared(String raw) {
        return Password.check(raw) instanceof Checked.Valid<Password>(Password password)
                ? new String(password.toUtf8(), StandardCharsets.UTF_8)
                : "refused";
    }

    @Test
    void countsCodePoints() {
        assertThat(code("")).isEqualTo("too-short");
        assertThat(code("1234567")).isEqualTo("too-short");
        assertThat(code("12345678")).isEqualTo("valid");
        assertThat(code("\ud83d\ude00".repeat(7))).isEqualTo("too-short");
        assertThat(code("\ud83d\ude00".repeat(8))).isEqualTo("valid");
        assertThat(code("\ud83d\ude00".repeat(1024))).isEqualTo("valid");
        assertThat(code("x".repeat(1024))).isEqualTo("valid");
        assertThat(code("x".repeat(1025))).isEqualTo("too-long");
        assertThat(code("\u0000".repeat(10_000_000))).isEqualTo("too-long");
    }

    @Test
    void refusesAListOfThousands() throws IOException {
        PasswordPolicy lenient = new PasswordPolicy(1, true, false);
        List<String> list =
                List.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());

        assertThat(list)
                .hasSizeGreaterThan(10_000)
                .allMatch(common -> lenient.check(common, null) instanceof Checked.Broken<Password>(Violation violation)
                        && violation.code().equals("common"));
    }

    @Test
    void namesItsOwnMinimum() {
        assertThat(new PasswordPolicy(15, false, false).check("", null).toString())
                .contains("at least 15 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password\u0000",
                "pass\u0007word",
                "password\n",
                "pass\u0085word",
                "password\u007f",
                "password\u202e",
                "\u202epassword",
                "\u2066password",
                "password\ud800",
                "\udc00password",
                "pass\ud800word",
                "pass\u200bword",
                "pass\u200dword",
                "\ufeffpassword",
                "password\ue000",
                "password\ufffe",
                "pass\u0378word",
            })
    void refusesCharacters(String raw) {
        assertThat(code(raw)).isEqualTo("disallowed-characters");
    }

    @Test
    void preparesByOpaqueString() {
        assertThat(prepared("Pass word")).isEqualTo("Pass word");
        assertThat(prepared("pass\u3000word\u00a0")).isEqualTo("pass word ");
        assertThat(prepared("e\u0301e\u0301")).isEqualTo("éé");
        assertThat(prepared("ＡbC")).isEqualTo("ＡbC");
        assertThat(prepared("correct horse \ud83d\ude00")).isEqualTo("correct horse \ud83d\ude00");
    }

    @Test
    void neverTruncates() {
        assertThat(prepared("x".repeat(1024))).hasSize(1024);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void refusesAMinimumOutOfRange(int minimum) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordPolicy(minimum, false, false));
    }

    @Test
    void accepts1To64AsItsMinimum() {
        assertThat(new PasswordPolicy(1, false, false).check("x", null)).isInstanceOf(Checked.Valid.class);
        assertThat(new PasswordPolicy(64, false, false).check("x".repeat(63), null))
                .isInstanceOf(Checked.Broken.class);
    }

    private static String strictCode(String raw, String username) {
        Username name = ((Checked.Valid<Username>) Username.check(username)).value();
        return STRICT.check(raw, name) instanceof Checked.Broken<Password>(Violation violation)
                ? violation.code()
                : "valid";
    }

    @ParameterizedTest
    @CsvSource({
        "password, common",
        "PassWord, common",
        "12345678, common",
        "qwertyuiop, common",
        "baseball, common",
        "trustno1, common",
        "12345, too-short",
        "correct horse, valid",
        "passwords of mine, valid",
    })
    void refusesWhatIsGuessedFirst(String raw, String code) {
        assertThat(strictCode(raw, "alice")).isEqualTo(code);
        assertThat(new PasswordPolicy(8, false, true).check("password", null)).isInstanceOf(Checked.Valid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "margaret, margaret99, similar-to-username",
        "Margarete1, Margarete, similar-to-username",
        "MARGARETE, margarete, similar-to-username",
        "eteragram, margarete, similar-to-username",
        "margaretemargarete, margarete, similar-to-username",
        "12margarete3, margarete, similar-to-username",
        "12margarete34, margarete, valid",
        "bobsleigh race, bob, valid",
        "bobbobbob, bob, similar-to-username",
        "straßen-ecke, straßen-ecke, similar-to-username",
        "\ud83d\ude00\ud83d\ude00\ud83d\ude00margarete, margarete, similar-to-username",
    })
    void refusesTheNameWithLittleAdded(String raw, String username, String code) {
        assertThat(strictCode(raw, username)).isEqualTo(code);
    }

    @Test
    void comparesWithTheNameOnlyWhenAsked() {
        Username name = ((Checked.Valid<Username>) Username.check("margarete")).value();
        assertThat(new PasswordPolicy(8, true, false).check("margarete1", name)).isInstanceOf(Checked.Valid.class);
        assertThat(STRICT.check("margarete1", null)).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void doesNotRepeatTheValueInAViolation() {
        assertThat(STRICT.check("trustno1", null).toString()).doesNotContain("trustno1");
        assertThat(policy.check("hunter2", null).toString()).doesNotContain("hunter2");
        assertThat(policy.check("hunter2\u0000", null).toString()).doesNotContain("hunter2");
    }
}
