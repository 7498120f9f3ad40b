package io.muster.users.store;

/**
 * The last time that a user's door was closed after too many wrong passwords.
 *
 * @param untilMillis milliseconds since the epoch; 0 for never
 * @param count how many locks in a row this is, 0 for none
 */
public record Lock(long untilMillis, int count) {

    /** Of a user who was never locked. */
    public static final Lock NONE = new Lock(0, 0);

    public Lock {
        if (untilMillis < 0 || count < 0) {
            throw new IllegalArgumentException("a lock ends at 0 or later, and its count is 0 or greater");
        }
    }

    /** Whether the door is closed then. */
    public boolean isClosed(long nowMillis) {
        return nowMillis < untilMillis;
    }
}
