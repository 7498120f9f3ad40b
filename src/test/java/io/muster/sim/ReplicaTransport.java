package io.muster.sim;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.node.SnapshotChunk;
import io.muster.node.SnapshotProgress;
import io.muster.node.StateDigest;
import io.muster.node.Transport;
import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** The transport of one incarnation over the simulated network. */
final class ReplicaTransport implements Transport {

    private static final long PROPOSE_DEADLINE = 4 * Simulation.SECOND;
    private static final long READ_DEADLINE = Simulation.SECOND;
    /** So short that parts come late, when their sender has given them up and sent others. */
    private static final long SNAPSHOT_DEADLINE = Simulation.SECOND / 2;

    private final Network network;
    private final Incarnation process;
    private final int chunkBytes;

    ReplicaTransport(Network network, Incarnation process, int chunkBytes) {
        this.network = network;
        this.process = process;
        this.chunkBytes = chunkBytes;
    }

    @Override
    public void send(NodeId to, Message.Request message) {
        if (process.alive()) {
            network.watch().sends(process.replica(), to, message);
            network.send(process, to, message);
        }
    }

    @Override
    public CompletableFuture<Consensus.Committed> propose(NodeId leader, Bytes command) {
        return network.ask(
                process,
                leader,
                PROPOSE_DEADLINE,
                endpoint -> endpoint.proposeHere(command),
                () -> new ConsensusException.OutcomeUnknown("the leader did not answer"));
    }

    @Override
    public CompletableFuture<Long> readIndex(NodeId leader, long term) {
        return network.ask(
                process,
                leader,
                READ_DEADLINE,
                endpoint -> endpoint.readIndexFor(process.id(), term),
                () -> new ConsensusException.NoQuorum("the leader did not answer"));
    }

    @Override
    public CompletableFuture<List<StateDigest>> stateDigests(NodeId peer) {
        return network.ask(
                process,
                peer,
                READ_DEADLINE,
                endpoint -> CompletableFuture.completedFuture(endpoint.stateDigests()),
                () -> new ConsensusException.NoQuorum("the peer did not answer"));
    }

    @Override
    public CompletableFuture<SnapshotProgress> sendSnapshot(NodeId to, SnapshotChunk chunk) {
        return network.ask(
                process,
                to,
                SNAPSHOT_DEADLINE,
                endpoint -> endpoint.receiveSnapshot(beginningOf(chunk)),
                () -> new ConsensusException.NoQuorum("the follower did not answer"));
    }

    /** States are small here, so a part is cut short: the sender goes on from where the follower says it is. */
    private SnapshotChunk beginningOf(SnapshotChunk chunk) {
        if (chunk.data().size() <= chunkBytes) {
            return chunk;
        }
        byte[] data = Arrays.copyOf(chunk.data().toByteArray(), chunkBytes);
        CRC32C checksum = new CRC32C();
        checksum.update(data);
        return new SnapshotChunk(
                chunk.term(), chunk.snapshot(), chunk.totalBytes(), chunk.offset(), Bytes.copyOf(data), (int)
                        checksum.getValue());
    }
}
