package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs of reads: numbers 25 to 28. */
final class ReadBugs {

    private static final String LEADING = "raft/Leading.java";
    private static final String CONFIRMED =
            "if (isConfirmedBy(leadership, voucher) || isConfirmedByLease(leadership)) {";

    private ReadBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                                25,
                                "a leader confirms reads by itself",
                                Change.of(LEADING, CONFIRMED, "if (commitIndexIsCurrent(leadership)) {"))
                        .alsoCaughtBy("raft.PaperTest#aDeposedLeaderConfirmsNoRead"),
                PlantedBug.of(
                        26,
                        "a leader takes its commit index for current before it has committed anything",
                        Change.of(
                                LEADING,
                                "return state.commitIndex() >= leadership.firstIndexOfTerm();",
                                "return true;")),
                PlantedBug.of(
                                27,
                                "an answer to an older heartbeat confirms newer reads",
                                Change.of(
                                        LEADING,
                                        "leadership.confirmed(peer, reply.round());",
                                        "leadership.confirmed(peer, leadership.reads().round());"))
                        .alsoCaughtBy("raft.ReadsTest#anOlderRoundConfirmsNothing"),
                PlantedBug.of(
                                28,
                                "a leader that has heard of a majority within an election timeout confirms reads by itself",
                                Change.of(
                                        LEADING,
                                        CONFIRMED,
                                        "List<Long> contacts = new ArrayList<>();"
                                                + " leadership.progress().values().forEach(peer -> contacts.add(peer.lastContactNanos()));"
                                                + " long lease = Quorum.reachedBy(state.config.majority(), state.nowNanos(), contacts)"
                                                + " + state.config.electionTimeoutNanos();"
                                                + " if (state.nowNanos() < lease && commitIndexIsCurrent(leadership)) {"))
                        .alsoCaughtBy("raft.PaperTest#aDeposedLeaderConfirmsNoRead"));
    }
}
