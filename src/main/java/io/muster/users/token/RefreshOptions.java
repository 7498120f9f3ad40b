package io.muster.users.token;

import java.time.Duration;

/**
 * Settings of refresh tokens. The same on all replicas.
 *
 * @param lifetime from each use to the next, positive
 * @param grace how long a token that was replaced is good still, 0 or longer
 */
public record RefreshOptions(Duration lifetime, Duration grace) {

    public RefreshOptions {
        if (!lifetime.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException("refresh tokens live for a positive time, and a grace is not negative");
        }
    }
}
