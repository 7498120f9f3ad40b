package io.muster.node;

import io.muster.raft.RaftStatus;

/**
 * What a replica knows of itself at one moment.
 *
 * @param appliedIndex what its state machine has applied
 * @param caughtUp whether it has, once since its start, applied all that was acknowledged at some moment after it
 * @param stateDiffers whether its state is not what the other replicas have behind the same entry
 */
public record ReplicaStatus(RaftStatus raft, long appliedIndex, boolean caughtUp, boolean stateDiffers) {}
