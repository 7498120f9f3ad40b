package io.muster.raft;

/**
 * One log entry (paper figure 2).
 *
 * @param index position in the log, from 1
 * @param term term of the leader that appended it, from 1
 * @param timeMillis the leader's stamp, milliseconds since the epoch, never decreasing along the log; the only time
 *     that apply may see
 * @param payload what it carries
 */
public record Entry(long index, long term, long timeMillis, Payload payload) {

    /** What an entry costs in a batch beyond its payload, in bytes; an upper estimate of its encoding on the wire. */
    public static final int OVERHEAD_BYTES = 48;

    public Entry {
        if (index < 1 || term < 1) {
            throw new IllegalArgumentException("index and term start at 1, not at " + index + " and " + term);
        }
    }

    /** Bytes it counts for in windows and batches. */
    public int size() {
        return OVERHEAD_BYTES + payload.size();
    }
}
