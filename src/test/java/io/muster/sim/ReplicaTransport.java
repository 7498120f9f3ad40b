package io.muster.sim;

import io.muster.node.Consensus;
import io.muster.node.ConsensusException;
import io.muster.node.Transport;
import io.muster.raft.Bytes;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.concurrent.CompletableFuture;

/** The transport of one incarnation over the simulated network. */
final class ReplicaTransport implements Transport {

    private static final long PROPOSE_DEADLINE = 4 * Simulation.SECOND;
    private static final long READ_DEADLINE = Simulation.SECOND;

    private final Network network;
    private final Incarnation process;

    ReplicaTransport(Network network, Incarnation process) {
        this.network = network;
        this.process = process;
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
}
