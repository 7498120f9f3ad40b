package io.muster.users.store;

import io.muster.raft.Bytes;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Names an idempotency record, oldest first; records of one millisecond by the unsigned bytes of their keys.
 *
 * @param timeMillis time stamp of the log entry that made it, milliseconds since the epoch, 0 or greater
 * @param key SHA-256 of the Idempotency-Key, 32 bytes
 */
public record RequestStamp(long timeMillis, Bytes key) implements Comparable<RequestStamp> {

    private static final Comparator<RequestStamp> OLDEST_FIRST = Comparator.comparingLong(RequestStamp::timeMillis)
            .thenComparing(stamp -> stamp.key().toByteArray(), Arrays::compareUnsigned);

    public RequestStamp {
        if (timeMillis < 0) {
            throw new IllegalArgumentException("a time stamp is 0 or greater, not " + timeMillis);
        }
    }

    @Override
    public int compareTo(RequestStamp other) {
        return OLDEST_FIRST.compare(this, other);
    }
}
