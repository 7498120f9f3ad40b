package io.muster.sim;

import io.muster.raft.Entry;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;

/** No message carries more entries than its bound in bytes admits, but for one that is larger by itself. */
final class MessagesAreBounded implements Invariant {

    private final Simulation simulation;
    private final int maxBytes;

    MessagesAreBounded(Simulation simulation, int maxBytes) {
        this.simulation = simulation;
        this.maxBytes = maxBytes;
    }

    @Override
    public void sends(SimulatedReplica replica, NodeId to, Message message) {
        if (message instanceof Message.AppendEntries request) {
            List<Entry> entries = request.entries();
            int bytes = entries.stream().mapToInt(Entry::size).sum();
            simulation.require(
                    entries.size() <= 1 || bytes <= maxBytes,
                    "messages are bounded",
                    () -> "node " + replica.id() + " sends " + entries.size() + " entries of " + bytes
                            + " bytes, beyond " + maxBytes);
        }
    }
}
