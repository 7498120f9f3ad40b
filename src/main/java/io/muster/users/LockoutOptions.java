package io.muster.users;

import java.time.Duration;

/**
 * What follows on wrong passwords of one account.
 *
 * @param mode what is done about them
 * @param failures how many a replica lets pass, 1 or greater
 * @param first how long the first lock lasts; each next lasts twice as long as the one before
 * @param longest no lock lasts longer
 */
public record LockoutOptions(Mode mode, int failures, Duration first, Duration longest) {

    /** What is done about wrong passwords. */
    public enum Mode {
        /** Nothing. */
        OFF,
        /** The replica that was asked closes the account's door for moments, which keeps guesses few. */
        SLOW,
        /** The cluster closes the account's door for minutes, on all replicas. Anybody can so lock a known name out. */
        LOCK
    }

    public LockoutOptions {
        if (failures < 1) {
            throw new IllegalArgumentException("at least one failure comes before a lock, not " + failures);
        }
        if (!first.isPositive() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "the first lock is longer than nothing, and not longer than the longest");
        }
    }
}
