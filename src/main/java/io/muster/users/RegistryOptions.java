package io.muster.users;

import java.time.Duration;

/**
 * Settings of the {@link Registry}.
 *
 * @param policy for new passwords
 * @param open whether everybody may register, or administrators only
 * @param deadline for a whole call, positive
 */
public record RegistryOptions(PasswordPolicy policy, boolean open, Duration deadline) {

    public RegistryOptions {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("the deadline of a call is positive, not " + deadline);
        }
    }
}
