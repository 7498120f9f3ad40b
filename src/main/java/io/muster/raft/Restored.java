package io.muster.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica finds on its disk at start.
 *
 * @param term current term, 0 before the first election
 * @param votedFor vote in that term, null for nobody
 * @param termStarts the runs of the log, in order
 * @param lastIndex last entry of the log, 0 when empty
 * @param lastTimeMillis stamp of that entry, 0 when empty
 * @param appliedIndex what the state machine has applied; at most {@code lastIndex}
 */
public record Restored(
        long term,
        @Nullable NodeId votedFor,
        List<TermStart> termStarts,
        long lastIndex,
        long lastTimeMillis,
        long appliedIndex) {

    public Restored {
        termStarts = List.copyOf(termStarts);
    }

    /** A replica's very first start. */
    public static Restored empty() {
        return new Restored(0, null, List.of(), 0, 0, 0);
    }
}
