package io.muster.users;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.muster.users.store.SigningKey;
import io.muster.users.token.AccessTokens;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of a chore that does not succeed. */
class HousekeepingTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Housekeeping.class);
    private boolean unusable = true;
    private final SigningKey key = SigningKeys.generate(TestTokens.wrap(), Instant.EPOCH, Duration.ZERO);
    private final AccessTokens elsewhere =
            new AccessTokens(TestTokens.OPTIONS, InstantSource.system(), new KeyWrap(List.of("x".repeat(40))));
    private final Housekeeping.Look keys = new Housekeeping.Look(() -> {
        if (unusable) {
            elsewhere.requireUsable(key);
        }
    });

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
    }

    @Test
    void isSaidOnceHoweverOftenAnotherSucceeds() {
        Housekeeping.Look other = new Housekeeping.Look(() -> {});
        for (int i = 0; i < 3; i++) {
            keys.run();
            other.run();
        }
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void isSaidAnewWhereItWasWellMeanwhile() {
        keys.run();
        unusable = false;
        keys.run();
        unusable = true;
        keys.run();
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void neverEndsTheLooks() {
        new Housekeeping.Look(() -> {
                    throw new IllegalStateException("broken");
                })
                .run();
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("What is due failed");
    }
}
