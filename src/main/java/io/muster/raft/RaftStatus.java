package io.muster.raft;

import org.jspecify.annotations.Nullable;

/**
 * What a replica knows of itself at one moment.
 *
 * @param leader the leader of the current term, null while unknown
 * @param durableIndex last entry that is durable here
 */
public record RaftStatus(
        NodeId self,
        Role role,
        long term,
        @Nullable NodeId leader,
        long commitIndex,
        long durableIndex,
        long lastIndex) {}
