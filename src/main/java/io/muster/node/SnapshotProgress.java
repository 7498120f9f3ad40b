package io.muster.node;

/**
 * How far a follower is with a snapshot: the answer to each {@link SnapshotChunk}.
 *
 * @param term the follower's current term; where it is newer than the chunk's, nothing was taken
 * @param receivedBytes where the next chunk begins
 * @param complete whether all is there, was found sound, and was handed to the follower's core
 */
public record SnapshotProgress(long term, long receivedBytes, boolean complete) {}
