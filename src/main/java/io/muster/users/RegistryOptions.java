package io.muster.users;

import java.time.Duration;

/**
 * Settings of the {@link Registry}.
 *
 * @param policy for new passwords
 * @param deadline for a whole call, positive
 * @param hashDeadline for waiting for and computing one hash, positive and at most {@code deadline}; what is left is for
 *     the cluster
 */
public record RegistryOptions(PasswordPolicy policy, Duration deadline, Duration hashDeadline) {

    public RegistryOptions {
        if (hashDeadline.isNegative() || hashDeadline.isZero() || hashDeadline.compareTo(deadline) > 0) {
            throw new IllegalArgumentException("the deadline of a hash is positive and at most that of a call, "
                    + deadline + ", not " + hashDeadline);
        }
    }
}
