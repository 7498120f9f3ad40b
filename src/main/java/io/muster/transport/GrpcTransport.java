package io.muster.transport;

import io.grpc.ManagedChannel;
import io.muster.node.Consensus.Committed;
import io.muster.node.PeerEndpoint;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.node.Transport;
import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The peers over gRPC. Thread-safe. */
public final class GrpcTransport implements Transport {

    /**
     * The connections to one peer; closed by whoever made them.
     *
     * @param urgent for votes, heartbeats and read points
     * @param bulk for entries and commands
     */
    public record Channels(ManagedChannel urgent, ManagedChannel bulk) {}

    private final PeerIdentity identity;
    private final TransportOptions options;
    private final Map<NodeId, Channels> channels;
    private volatile Map<NodeId, PeerLink> links = Map.of();

    /** @param channels those to each other member */
    public GrpcTransport(PeerIdentity identity, TransportOptions options, Map<NodeId, Channels> channels) {
        this.identity = identity;
        this.options = options;
        this.channels = Map.copyOf(channels);
    }

    /** Connects to the peers; their answers go to {@code endpoint}. Once, before anything is sent. */
    public void connect(PeerEndpoint endpoint) {
        Map<NodeId, PeerLink> connected = new TreeMap<>();
        channels.forEach((peer, pair) ->
                connected.put(peer, new PeerLink(peer, identity, endpoint, options, pair.urgent(), pair.bulk())));
        links = Map.copyOf(connected);
    }

    @Override
    public void send(NodeId to, Message.Request message) {
        link(to).send(message);
    }

    @Override
    public CompletableFuture<Committed> propose(NodeId leader, Bytes command) {
        return link(leader).propose(command);
    }

    @Override
    public CompletableFuture<Long> readIndex(NodeId leader, long term) {
        return link(leader).readIndex(term);
    }

    @Override
    public CompletableFuture<List<StateDigest>> stateDigests(NodeId peer) {
        return link(peer).stateDigests();
    }

    @Override
    public CompletableFuture<SnapshotProgress> sendSnapshot(NodeId to, SnapshotChunk chunk) {
        return link(to).sendSnapshot(chunk);
    }

    private PeerLink link(NodeId peer) {
        PeerLink link = links.get(peer);
        if (link == null) {
            throw new IllegalArgumentException("node " + peer + " is no peer of this one");
        }
        return link;
    }
}
