package io.muster.raft;

import org.jspecify.annotations.Nullable;

/**
 * What a replica knows of itself at one moment.
 *
 * @param leader the leader of the current term, null while unknown
 * @param durableIndex last entry that is durable here
 * @param diskStalls whether a write to the log has waited for longer than {@link RaftConfig#diskStallNanos}
 */
public record RaftStatus(
        NodeId self,
        Role role,
        long term,
        @Nullable NodeId leader,
        long commitIndex,
        long durableIndex,
        long lastIndex,
        boolean diskStalls) {}
