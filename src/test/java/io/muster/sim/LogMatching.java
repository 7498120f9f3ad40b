package io.muster.sim;

import io.muster.raft.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Log matching (paper figure 3): entries of one index and term are equal, and so are all before them. */
final class LogMatching implements Invariant {

    private record Place(long index, long term) {}

    private record Written(Entry entry, long termBefore) {

        boolean follows(long term) {
            return termBefore == term || termBefore == UNKNOWN || term == UNKNOWN;
        }
    }

    /** Term of an entry that was cut. */
    private static final long UNKNOWN = -1;

    private final Simulation simulation;
    private final Map<Place, Written> written = new HashMap<>();

    LogMatching(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void appended(SimulatedReplica replica, List<Entry> entries, List<Entry> replaced) {
        long termBefore = UNKNOWN;
        for (Entry entry : entries) {
            if (termBefore == UNKNOWN) {
                termBefore = termBefore(replica.log(), entry.index());
            }
            Written here = new Written(entry, termBefore);
            Written known = written.putIfAbsent(new Place(entry.index(), entry.term()), here);
            simulation.require(
                    known == null || (known.entry().equals(entry) && known.follows(here.termBefore())),
                    "log matching",
                    () -> "node " + replica.id() + " has " + here + ", and another has " + known);
            termBefore = entry.term();
        }
    }

    private static long termBefore(ReplicaLog log, long index) {
        if (index == 1) {
            return 0;
        }
        return log.holds(index - 1) ? log.entry(index - 1).term() : UNKNOWN;
    }
}
