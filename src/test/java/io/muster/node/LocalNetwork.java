package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Connects the replicas of one test; a replica can be cut off. */
final class LocalNetwork {

    private final Map<NodeId, PeerEndpoint> endpoints = new HashMap<>();
    private final Set<NodeId> cut = new HashSet<>();

    void join(NodeId node, PeerEndpoint endpoint) {
        endpoints.put(node, endpoint);
    }

    void cut(NodeId node) {
        cut.add(node);
    }

    void heal(NodeId node) {
        cut.remove(node);
    }

    Transport from(NodeId self) {
        return new Transport() {
            @Override
            public void send(NodeId to, Message.Request message) {
                if (connected(self, to)) {
                    endpoint(to).receive(self, message, reply -> {
                        if (connected(self, to)) {
                            endpoint(self).answered(to, reply);
                        }
                    });
                }
            }

            @Override
            public CompletableFuture<Consensus.Committed> propose(NodeId leader, Bytes command) {
                return connected(self, leader) ? endpoint(leader).proposeHere(command) : unreachable();
            }

            @Override
            public CompletableFuture<Long> readIndex(NodeId leader, long term) {
                return connected(self, leader) ? endpoint(leader).readIndexFor(self, term) : unreachable();
            }

            @Override
            public CompletableFuture<List<StateDigest>> stateDigests(NodeId peer) {
                return connected(self, peer)
                        ? CompletableFuture.completedFuture(endpoint(peer).stateDigests())
                        : unreachable();
            }

            @Override
            public CompletableFuture<SnapshotProgress> sendSnapshot(NodeId to, SnapshotChunk chunk) {
                return connected(self, to) ? endpoint(to).receiveSnapshot(chunk) : unreachable();
            }
        };
    }

    private boolean connected(NodeId one, NodeId other) {
        return !cut.contains(one) && !cut.contains(other);
    }

    private PeerEndpoint endpoint(NodeId node) {
        PeerEndpoint endpoint = endpoints.get(node);
        if (endpoint == null) {
            throw new IllegalStateException("node " + node + " has not joined");
        }
        return endpoint;
    }

    private static <T> CompletableFuture<T> unreachable() {
        return CompletableFuture.failedFuture(new ConsensusException.NoQuorum("not connected"));
    }
}
