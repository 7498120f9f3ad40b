package io.muster.sim;

import io.muster.raft.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Log matching (paper figure 3): entries of one index and term are equal, and so are all before them. */
final class LogMatching implements Invariant {

    private record Place(long index, long term) {}

    private record Written(Entry entry, long termBefore) {}

    private final Simulation simulation;
    private final Map<Place, Written> written = new HashMap<>();

    LogMatching(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void appended(SimulatedReplica replica, List<Entry> entries, List<Entry> replaced) {
        long first = entries.getFirst().index();
        long termBefore = first == 1 ? 0 : replica.log().entry(first - 1).term();
        for (Entry entry : entries) {
            Written here = new Written(entry, termBefore);
            Written known = written.putIfAbsent(new Place(entry.index(), entry.term()), here);
            simulation.require(
                    known == null
                            || (known.termBefore() == termBefore
                                    && known.entry().equals(entry)),
                    "log matching",
                    () -> "node " + replica.id() + " has " + here + ", and another has " + known);
            termBefore = entry.term();
        }
    }
}
