package io.muster.storage;

import io.muster.raft.NodeId;
import java.util.SortedSet;

/**
 * Whose data a directory holds. Written once, at the first start.
 *
 * @param clusterId name of the cluster
 * @param nodeId the replica
 * @param members the replicas the cluster began with, this one among them
 */
public record Identity(String clusterId, NodeId nodeId, SortedSet<NodeId> members) {}
