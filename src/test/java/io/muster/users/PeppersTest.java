package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.users.store.PasswordHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeppersTest {

    private static final String FIRST = "the first pepper, 32 characters or more";
    private static final String SECOND = "the second pepper, 32 characters or more";
    private static final HashScheme SCHEME = new HashScheme.Argon2id(new HashParameters(8, 1));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<PasswordHasher> opened = new ArrayList<>();
    private final PasswordHasher plain = hasher();
    private final PasswordHasher first = hasher(FIRST);
    private final PasswordHasher second = hasher(SECOND, FIRST);

    private PasswordHasher hasher(String... peppers) {
        PasswordHasher hasher = new PasswordHasher(SCHEME, new Peppers(List.of(peppers)), 1, 4, MINUTE);
        opened.add(hasher);
        return hasher;
    }

    @AfterEach
    void close() {
        opened.forEach(PasswordHasher::close);
    }

    private static Deadline far() {
        return Deadline.after(MINUTE);
    }

    private static Password password(String raw) {
        return ((Checked.Valid<Password>) Password.check(raw)).value();
    }

    private static PasswordHash hash(PasswordHasher hasher) {
        return hasher.hash(password("correct horse"), far());
    }

    private static boolean verifies(PasswordHasher hasher, PasswordHash hash) {
        return hasher.verify(password("correct horse"), hash, far());
    }

    @Test
    void namesThePepperInTheHash() {
        PasswordHash hash = hash(first);

        assertThat(hash.phc()).matches("\\$argon2id\\$v=19\\$m=8,t=1,p=1,keyid=[A-Za-z0-9+/]{8}\\$[^$]{22}\\$[^$]{43}");
        assertThat(StoredHash.parse(hash).encode()).isEqualTo(hash);
        assertThat(verifies(first, hash)).isTrue();
        assertThat(first.verify(password("wrong horse"), hash, far())).isFalse();
        first.verifyNobody(far());
    }

    /** Whoever has the hash alone and takes the name of the pepper out of it has not won anything. */
    @Test
    void isPartOfTheHash() {
        PasswordHash hash = hash(first);
        PasswordHash without = new PasswordHash(hash.phc().replaceFirst(",keyid=[^$]{8}", ""));

        assertThat(verifies(first, without)).isFalse();
        assertThat(verifies(plain, without)).isFalse();
    }

    @Test
    void canBeReplaced() {
        PasswordHash old = hash(first);

        assertThat(verifies(second, old)).isTrue();
        assertThat(second.isOutdated(old)).isTrue();
        assertThat(second.isOutdated(hash(second))).isFalse();
        assertThat(verifies(second, hash(plain))).isTrue();
        assertThat(second.isOutdated(hash(plain))).isTrue();
        assertThat(plain.isOutdated(hash(plain))).isFalse();
    }

    @Test
    void saysWhichPepperIsMissing() {
        PasswordHash hash = hash(second);

        assertThatExceptionOfType(UnknownPepperException.class)
                .isThrownBy(() -> verifies(first, hash))
                .withMessageContaining("muster.passwords.pepper-file")
                .withMessageNotContaining(FIRST);
    }

    @Test
    void refusesShortOnesAndShowsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Peppers(List.of(FIRST, "short")));
        assertThat(new Peppers(List.of(FIRST)).toString()).doesNotContain(FIRST);
    }
}
