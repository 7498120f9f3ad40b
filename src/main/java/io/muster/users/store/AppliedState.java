package io.muster.users.store;

import io.muster.raft.LogStart;

/**
 * How far a state is, and what is in it. Replicas with equal entries have equal hashes.
 *
 * @param last the last log entry in it, {@link LogStart#ZERO} for none
 * @param hash of all its records
 */
public record AppliedState(LogStart last, StateHash hash) {

    /** Before the first entry. */
    public static final AppliedState EMPTY = new AppliedState(LogStart.ZERO, StateHash.EMPTY);
}
