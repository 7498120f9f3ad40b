package io.muster.storage;

import io.muster.raft.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The current term and the vote given in it, one atomic record (paper figure 2, persistent state).
 *
 * @param term 0 before the first election
 * @param votedFor whom this replica voted for in that term, null for nobody
 */
public record Vote(long term, @Nullable NodeId votedFor) {}
