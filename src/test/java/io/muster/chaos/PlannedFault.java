package io.muster.chaos;

/**
 * A fault that is to come.
 *
 * @param target the replica it hits, or {@link #LEADER}
 * @param holdMillis how long it lasts
 * @param variant from which its kind takes what else is open, such as the direction of a cut; 0 or above
 */
record PlannedFault(FaultKind kind, int target, int holdMillis, int variant) {

    /** In place of a replica: whoever leads when the fault begins. */
    static final int LEADER = 0;

    @Override
    public String toString() {
        return "%s of %s for %.1f s".formatted(kind.word(), whom(), holdMillis / 1_000.0);
    }

    private String whom() {
        if (kind.hitsAll()) {
            return "all";
        }
        return target == LEADER ? "leader" : "node " + target;
    }
}
