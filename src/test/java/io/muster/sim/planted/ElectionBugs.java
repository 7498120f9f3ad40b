package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs of elections: numbers 1 to 8. */
final class ElectionBugs {

    private static final String ELECTIONS = "raft/Elections.java";
    private static final String STATE = "raft/CoreState.java";

    private ElectionBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                        1,
                        "a vote leaves before it is durable",
                        Change.of("node/Persister.java", "case VOTE -> voteSequence;", "case VOTE -> 0;")),
                PlantedBug.of(
                        2,
                        "whoever gives up what it was forgets its vote, in the same term",
                        Change.of(
                                STATE,
                                "role = next;",
                                "role = next; if (next instanceof RoleState.Follower follower"
                                        + " && follower.leader() == null) { votedFor = null; }")),
                PlantedBug.of(
                                3,
                                "votes of earlier terms count",
                                Change.of(
                                        ELECTIONS,
                                        "if (reply.term() != state.term()) {",
                                        "if (reply.term() > state.term()) {"))
                        .alsoCaughtBy("raft.ElectionsTest#countsNoVoteOfAnOldTerm"),
                PlantedBug.of(
                                4,
                                "a vote that arrives twice counts twice",
                                Change.of(
                                        "raft/RoleState.java",
                                        "private final Set<NodeId> grantedBy = new TreeSet<>();",
                                        "private final java.util.List<NodeId> grantedBy = new java.util.ArrayList<>();"),
                                Change.of(
                                        "raft/RoleState.java",
                                        "return Set.copyOf(grantedBy);",
                                        "return new TreeSet<>(grantedBy);"))
                        .alsoCaughtBy("raft.ElectionsTest#countsAVoterOnce"),
                PlantedBug.of(
                        5,
                        "the term follows that of any message",
                        Change.of(
                                "raft/RaftCore.java",
                                "if (message.term() > state.term() && !speaksOfNobodysTerm) {",
                                "if (message.term() != state.term() && !speaksOfNobodysTerm) {"),
                        Change.of(
                                STATE,
                                "require(newTerm > term, \"terms never go back: \" + newTerm + \" after \" + term);",
                                "")),
                PlantedBug.of(
                                6,
                                "the election timeout is drawn anew at every tick",
                                Change.of(
                                        STATE,
                                        "return nowNanos + config.electionTimeoutNanos() + fractionOfTimeout(jitter);",
                                        "return nowNanos + config.electionTimeoutNanos();"),
                                Change.of(
                                        ELECTIONS,
                                        "if (state.nowNanos() >= electionAt && ",
                                        "if (state.nowNanos() - (state.soon() - state.nowNanos()) >= electionAt && "))
                        .caughtByTestOnly("raft.ElectionsTest#drawsOneTimeoutForEachWait"),
                PlantedBug.of(
                                7,
                                "a leader that no majority answers leads on",
                                Change.of(
                                        "raft/Leading.java",
                                        "state.nowNanos() - majorityContact >= state.config.electionTimeoutNanos() || state.diskStalls()",
                                        "state.diskStalls()"))
                        .alsoCaughtBy("raft.ElectionsTest#leaderWithoutAMajorityStepsDown"),
                PlantedBug.of(
                                8,
                                "a replica of a newer term tells an older leader nothing of it",
                                Change.of(
                                        "raft/Following.java",
                                        "new Message.AppendRefused(state.term(), request.prevLogIndex()",
                                        "new Message.AppendRefused(request.term(), request.prevLogIndex()"),
                                Change.of(
                                        "raft/Following.java",
                                        "new Message.HeartbeatReply(state.term(), round), After.VOTE)",
                                        "new Message.HeartbeatReply(round == 0 ? 1 : state.term(), round), After.VOTE)"))
                        .alsoCaughtBy("raft.ElectionsTest#tellsAnOldLeaderOfTheNewerTerm"));
    }
}
