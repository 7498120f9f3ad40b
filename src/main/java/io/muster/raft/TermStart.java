package io.muster.raft;

/**
 * Where a run of entries of one term starts in a log. A list of them tells the term of every entry, and so compares two
 * logs (paper section 5.3) without reading them.
 *
 * @param index index of the first entry of the run, from 1
 * @param term term of the entries from it up to the next run, from 1
 */
public record TermStart(long index, long term) {

    public TermStart {
        if (index < 1 || term < 1) {
            throw new IllegalArgumentException("index and term start at 1, not at " + index + " and " + term);
        }
    }
}
