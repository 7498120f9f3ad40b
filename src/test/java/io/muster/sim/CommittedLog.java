package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * State machine safety (paper figure 3): what is committed is durable on a majority at that moment, never replaced there,
 * and what every replica applies, with equal results.
 */
final class CommittedLog implements Invariant {

    private final Simulation simulation;
    private final Collection<SimulatedReplica> replicas;
    private final List<Entry> committed = new ArrayList<>();
    /** The terms in which they were committed. */
    private final List<Long> terms = new ArrayList<>();

    private final List<Bytes> results = new ArrayList<>();

    /** @param replicas all, of which some may be added later */
    CommittedLog(Simulation simulation, Collection<SimulatedReplica> replicas) {
        this.simulation = simulation;
        this.replicas = replicas;
    }

    long lastIndex() {
        return committed.size();
    }

    /** The last entry that was committed before a term; 0 where there is none. */
    long lastIndexBefore(long term) {
        int index = committed.size();
        while (index > 0 && terms.get(index - 1) >= term) {
            index--;
        }
        return index;
    }

    Entry entry(long index) {
        return committed.get((int) index - 1);
    }

    @Override
    public void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {
        // A leader may commit and be deposed in one turn.
        long term = (before.raft().role() == Role.LEADER ? before : now).raft().term();
        for (long index = committed.size() + 1L; index <= now.raft().commitIndex(); index++) {
            committed.add(heldByMajority(replica, index));
            terms.add(term);
        }
    }

    private Entry heldByMajority(SimulatedReplica committer, long index) {
        for (SimulatedReplica holder : replicas) {
            if (holder.log().holds(index)) {
                Entry entry = holder.log().entry(index);
                long copies = replicas.stream()
                        .filter(other -> other.log().has(index, entry.term()))
                        .count();
                if (copies > replicas.size() / 2) {
                    return entry;
                }
            }
        }
        throw simulation.fail(
                "committed is durable on a majority", "node " + committer.id() + " commits " + index + " without");
    }

    @Override
    public void appended(SimulatedReplica replica, List<Entry> entries, List<Entry> replaced) {
        for (Entry entry : replaced) {
            simulation.require(
                    entry.index() > committed.size() || !entry(entry.index()).equals(entry),
                    "committed entries are never replaced",
                    () -> "node " + replica.id() + " replaces entry " + entry.index() + " of term " + entry.term());
        }
    }

    @Override
    public void applied(SimulatedReplica replica, List<Entry> entries, List<Bytes> theirResults) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            simulation.require(
                    entry.index() <= committed.size() && entry(entry.index()).equals(entry),
                    "only committed entries are applied",
                    () -> "node " + replica.id() + " applies another entry " + entry.index());
            if (results.size() < entry.index()) {
                results.add(theirResults.get(i));
            }
            Bytes expected = results.get((int) entry.index() - 1);
            Bytes result = theirResults.get(i);
            simulation.require(
                    expected.equals(result),
                    "apply is deterministic",
                    () -> "node " + replica.id() + " has another result of entry " + entry.index());
        }
    }
}
