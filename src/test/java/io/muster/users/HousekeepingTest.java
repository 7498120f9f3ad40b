package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.LogLines;
import io.muster.users.store.SigningKey;
import io.muster.users.token.AccessTokens;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a chore that does not succeed. */
class HousekeepingTest {

    @RegisterExtension
    private final LogLines lines = new LogLines(Housekeeping.class.getName());

    private boolean unusable = true;
    private final SigningKey key = SigningKeys.generate(TestTokens.wrap(), Instant.EPOCH, Duration.ZERO);
    private final AccessTokens elsewhere =
            new AccessTokens(TestTokens.OPTIONS, InstantSource.system(), new KeyWrap(List.of("x".repeat(40))));
    private final Housekeeping.Look keys = new Housekeeping.Look(() -> {
        if (unusable) {
            elsewhere.requireUsable(key);
        }
    });

    @Test
    void isSaidOnceHoweverOftenAnotherSucceeds() {
        Housekeeping.Look other = new Housekeeping.Look(() -> {});
        for (int i = 0; i < 3; i++) {
            keys.run();
            other.run();
        }
        assertThat(lines.messages()).hasSize(1);
    }

    @Test
    void isSaidAnewWhereItWasWellMeanwhile() {
        keys.run();
        unusable = false;
        keys.run();
        unusable = true;
        keys.run();
        assertThat(lines.messages()).hasSize(2);
    }

    @Test
    void neverEndsTheLooks() {
        new Housekeeping.Look(() -> {
                    throw new IllegalStateException("broken");
                })
                .run();
        new Housekeeping.Look(() -> {
                    throw new NoClassDefFoundError("broken");
                })
                .run();
        assertThat(lines.messages()).containsExactly("What is due failed", "What is due failed");
    }
}
