package io.muster.users.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenOptionsTest {

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private static TokenOptions options(Duration publication, Duration overlap) {
        return new TokenOptions(
                "issuer", "audience", LIFETIME, Duration.ofDays(30), publication, overlap, MAX_AGE, false);
    }

    @Test
    void publishesAKeyForLongerThanOthersMayKeepTheSetBeforeItSigns() {
        Duration overlap = LIFETIME.multipliedBy(2);

        assertThat(options(MAX_AGE.plusSeconds(1), overlap).publication()).isEqualTo(MAX_AGE.plusSeconds(1));
        assertThatIllegalArgumentException().isThrownBy(() -> options(MAX_AGE, overlap));
    }

    @Test
    void publishesAKeyForTwoLifetimesOfItsLastToken() {
        Duration publication = MAX_AGE.plusSeconds(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(publication, LIFETIME.multipliedBy(2).minusMillis(1)));
    }
}
