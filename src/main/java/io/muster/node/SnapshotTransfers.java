package io.muster.node;

import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;
import io.muster.raft.Role;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The snapshots on their way, to followers and from a leader. For the event loop, but for what {@link #received} answers. */
final class SnapshotTransfers {

    private final SnapshotSender.Parts parts;
    private final SnapshotReceiver receiver;
    private final Map<NodeId, SnapshotSender> senders = new TreeMap<>();
    private final Map<NodeId, GrowingPause> pauses = new TreeMap<>();

    SnapshotTransfers(ReplicaParts parts, long bytesPerSecond, LongSupplier currentTerm, Consumer<Event> report) {
        this.parts = new SnapshotSender.Parts(
                parts.snapshots(),
                parts.transport(),
                parts.clock(),
                parts.workers().fetcher(),
                report,
                parts.fatal(),
                parts.observer(),
                bytesPerSecond);
        this.receiver = new SnapshotReceiver(parts, currentTerm, report);
    }

    SnapshotReceiver received() {
        return receiver;
    }

    /**
     * Begins to send one; what was on its way to this follower in an earlier term ends. A follower that did not take the ones
     * before, for example because its disk spoils them, does not cost this replica a copy of its state at every moment.
     */
    void begin(NodeId peer, long term) {
        GrowingPause pause = pauses.computeIfAbsent(peer, _ -> new GrowingPause());
        SnapshotSender begun = new SnapshotSender(parts, peer, term, pause);
        SnapshotSender before = senders.put(peer, begun);
        if (before != null) {
            before.cancel();
        }
        begun.goOn();
    }

    /** Sends what is due, and lets go of what has ended, or is not this leader's to send any more. */
    void goOn(RaftStatus status) {
        if (status.role() != Role.LEADER) {
            pauses.clear();
        }
        senders.values().removeIf(sender -> {
            if (status.role() != Role.LEADER || status.term() != sender.term()) {
                sender.cancel();
            }
            sender.goOn();
            return sender.ended();
        });
    }

    /** Ends all. */
    void stop() {
        senders.values().forEach(SnapshotSender::cancel);
        senders.clear();
        receiver.stop();
    }
}
