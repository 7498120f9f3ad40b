package io.muster.raft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Majorities. */
final class Quorum {

    private Quorum() {}

    /** The highest value that {@code majority} of the replicas have reached: {@code own} is this one's. */
    static long reachedBy(int majority, long own, Collection<Long> others) {
        List<Long> values = new ArrayList<>(others);
        values.add(own);
        values.sort(Comparator.reverseOrder());
        return values.get(majority - 1);
    }
}
