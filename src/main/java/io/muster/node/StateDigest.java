package io.muster.node;

import io.muster.raft.Bytes;

/**
 * What the state comes to behind one entry: equal on every replica, since equal entries give equal states.
 *
 * @param index the last entry in the state, 0 for none
 * @param hash of all of the state; opaque here
 */
public record StateDigest(long index, Bytes hash) {}
