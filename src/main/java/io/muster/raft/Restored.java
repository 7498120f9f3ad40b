package io.muster.raft;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica finds on its disk at start.
 *
 * @param term current term, 0 before the first election
 * @param votedFor vote in that term, null for nobody
 * @param logStart the entry behind which the log starts
 * @param termStarts the runs of the log, in order
 * @param lastIndex last entry of the log, that of its start when empty
 * @param lastTimeMillis stamp of that entry
 * @param appliedIndex what the state machine has applied; from the log's start to {@code lastIndex}
 */
public record Restored(
        long term,
        @Nullable NodeId votedFor,
        LogStart logStart,
        List<TermStart> termStarts,
        long lastIndex,
        long lastTimeMillis,
        long appliedIndex) {

    public Restored {
        termStarts = List.copyOf(termStarts);
    }

    /** A replica's very first start. */
    public static Restored empty() {
        return new Restored(0, null, LogStart.ZERO, List.of(), 0, 0, 0);
    }
}
