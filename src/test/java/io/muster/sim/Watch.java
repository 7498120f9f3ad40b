package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;

/** Tells all invariants what happens. */
final class Watch {

    private final Simulation simulation;
    private final List<Invariant> invariants;

    Watch(Simulation simulation, List<Invariant> invariants) {
        this.simulation = simulation;
        this.invariants = invariants;
    }

    void started(SimulatedReplica replica) {
        invariants.forEach(invariant -> invariant.started(replica));
    }

    void ended(SimulatedReplica replica) {
        invariants.forEach(invariant -> invariant.ended(replica));
    }

    void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        for (Invariant invariant : invariants) {
            invariant.stepped(replica, before, now);
        }
    }

    void appended(SimulatedReplica replica, List<Entry> entries, List<Entry> replaced) {
        simulation
                .trace()
                .note(entries.getLast().index() * 31 + entries.getLast().term());
        simulation.say(() -> "node " + replica.id() + " has on disk " + ranges(entries)
                + (replaced.isEmpty() ? "" : " in place of " + ranges(replaced)));
        for (Invariant invariant : invariants) {
            invariant.appended(replica, entries, replaced);
        }
    }

    private static String ranges(List<Entry> entries) {
        Entry first = entries.getFirst();
        Entry last = entries.getLast();
        return first.index() + "@" + first.term() + " to " + last.index() + "@" + last.term();
    }

    void sends(SimulatedReplica replica, NodeId to, Message message) {
        simulation.trace().note(message.hashCode() * 31L + to.value());
        simulation.say(() -> "node " + replica.id() + " to " + to + ": " + text(message));
        for (Invariant invariant : invariants) {
            invariant.sends(replica, to, message);
        }
    }

    private static String text(Message message) {
        return message instanceof Message.AppendEntries append
                ? "AppendEntries[term=" + append.term() + ", prev=" + append.prevLogIndex() + "@"
                        + append.prevLogTerm() + ", entries="
                        + (append.entries().isEmpty() ? "none" : ranges(append.entries())) + ", commit="
                        + append.leaderCommit() + "]"
                : message.toString();
    }

    void answered(SimulatedReplica replica, NodeId from, Message.Reply reply) {
        for (Invariant invariant : invariants) {
            invariant.answered(replica, from, reply);
        }
    }

    void applied(SimulatedReplica replica, List<Entry> entries, List<Bytes> results) {
        simulation.say(() -> "node " + replica.id() + " applies " + ranges(entries));
        for (Invariant invariant : invariants) {
            invariant.applied(replica, entries, results);
        }
    }
}
