package io.muster.raft;

/**
 * Where a run of log entries of one term begins.
 *
 * @param index of the first entry of the run
 * @param term of all of them
 */
public record TermStart(long index, long term) {}
