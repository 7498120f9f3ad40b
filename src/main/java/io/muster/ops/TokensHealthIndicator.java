package io.muster.ops;

import io.muster.users.Tokens;
import io.muster.users.token.UnusableSigningKeyException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down where this replica cannot sign tokens, for want of the right secret. Thread-safe. */
public final class TokensHealthIndicator extends AbstractHealthIndicator {

    private final Tokens tokens;

    public TokensHealthIndicator(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        try {
            tokens.requireUsableKeys();
            health.up();
        } catch (UnusableSigningKeyException e) {
            health.down().withDetail("reason", String.valueOf(e.getMessage()));
        }
    }
}
