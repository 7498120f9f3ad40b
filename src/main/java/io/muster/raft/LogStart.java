package io.muster.raft;

/**
 * The entry behind which a log starts, and the last one that a snapshot covers (paper section 7, lastIncludedIndex and
 * lastIncludedTerm).
 *
 * @param index index of that entry, 0 where nothing was ever cut
 * @param term term of that entry, 0 at index 0
 * @param timeMillis its stamp, milliseconds since the epoch; 0 at index 0
 */
public record LogStart(long index, long term, long timeMillis) {

    /** Of a log that was never cut, and of a state to which nothing was applied. */
    public static final LogStart ZERO = new LogStart(0, 0, 0);

    public LogStart {
        if (index < 0 || term < 0 || (index == 0) != (term == 0)) {
            throw new IllegalArgumentException("no log starts behind entry " + index + " of term " + term);
        }
    }
}
