package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs of the log and its replication: numbers 9 to 24, but 14 and 21. */
final class LogBugs {

    private static final String FOLLOWING = "raft/Following.java";
    private static final String PROGRESS = "raft/Progress.java";
    private static final String RAFT_LOG = "raft/RaftLog.java";
    private static final String LEADING = "raft/Leading.java";
    private static final String STATE = "raft/CoreState.java";
    private static final String REQUESTS = "node/Requests.java";
    private static final String COMMITTED_STAY =
            "require(fresh.getFirst().index() > state.commitIndex(), \"committed entries are never replaced\");";

    private LogBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                                9,
                                "entries of earlier terms are committed by counting",
                                Change.of(
                                        LEADING,
                                        "index > state.commitIndex() && state.log.termAt(index) == state.term()",
                                        "index > state.commitIndex()"))
                        .alsoCaughtBy("raft.LeadingTest#commitsNoEntryOfAnEarlierTermByCounting"),
                PlantedBug.of(
                                10,
                                "a term begins without a no-op",
                                Change.of(
                                        LEADING,
                                        "append(leadership, List.of(new Payload.NoOp()));",
                                        "leadership.progress().forEach(replication::send);"))
                        .alsoCaughtBy("raft.PaperTest#theNoOpCommitsWhatEarlierTermsLeft"),
                PlantedBug.of(
                        11,
                        "what a request brings replaces the log, also where the log has it",
                        Change.of(
                                FOLLOWING,
                                "while (known < entries.size()\n",
                                "while (known < Math.min(0, entries.size())\n"),
                        Change.of(FOLLOWING, "if (known == entries.size()) {", "if (entries.isEmpty()) {"),
                        Change.of(FOLLOWING, COMMITTED_STAY, "")),
                PlantedBug.of(
                                12,
                                "a follower commits what a request has not verified",
                                Change.of(
                                        FOLLOWING,
                                        "Math.min(request.leaderCommit(), request.lastIndex())",
                                        "Math.min(request.leaderCommit(), state.log.lastIndex())"))
                        .alsoCaughtBy("raft.FollowingTest#commitsNoFurtherThanTheRequestVerified"),
                PlantedBug.of(
                                13,
                                "the stale tail behind a conflict stays",
                                Change.of(
                                        "storage/LogIndex.java",
                                        "count = (int) (first - firstIndex());",
                                        "int before = count; count = (int) (first - firstIndex());"),
                                Change.of(
                                        "storage/LogIndex.java",
                                        "positions[count++] = position;\n        }",
                                        "positions[count++] = position;\n        }\n        count = Math.max(count, before);"))
                        .alsoCaughtBy("storage.SegmentedLogTest#supersedesTheTailWithAShorterOne"),
                PlantedBug.of(
                        15,
                        "a late acknowledgement takes matchIndex back",
                        Change.of(PROGRESS, "matchIndex = Math.max(matchIndex, index);", "matchIndex = index;")),
                PlantedBug.of(
                                16,
                                "a late refusal takes nextIndex behind what is acknowledged",
                                Change.of(PROGRESS, "prevLogIndex <= matchIndex\n                || ", ""),
                                Change.of(
                                        PROGRESS,
                                        "nextIndex = Math.max(from, matchIndex + 1);",
                                        "nextIndex = Math.max(from, 1);"))
                        .alsoCaughtBy("raft.LeadingTest#neverSeeksBehindWhatIsAcknowledged"),
                PlantedBug.of(
                        17,
                        "a late message takes the commit index back",
                        Change.of(STATE, "commitIndex = Math.max(commitIndex, index);", "commitIndex = index;")),
                PlantedBug.of(
                                18,
                                "committed entries may be replaced, and votes go by length alone",
                                Change.of(
                                        RAFT_LOG,
                                        "otherLastTerm > lastTerm() || (otherLastTerm == lastTerm() && otherLastIndex >= lastIndex)",
                                        "otherLastIndex >= lastIndex"),
                                Change.of(FOLLOWING, COMMITTED_STAY, ""))
                        .alsoCaughtBy("raft.FollowingTest#committedEntriesAreNeverReplaced"),
                PlantedBug.of(
                        19,
                        "a write is confirmed by whatever is applied at its index",
                        Change.of(
                                REQUESTS,
                                "if (waiting.term() == entry.term()) {",
                                "if (waiting.term() <= entry.term()) {"),
                        Change.of(
                                REQUESTS,
                                "if (waiting.term() != first.term()) {",
                                "if (waiting.term() > first.term()) {")),
                PlantedBug.of(
                                20,
                                "what was on the way keeps its room in the window for ever",
                                Change.of(
                                        PROGRESS,
                                        "nextIndex = Math.max(from, matchIndex + 1);\n        inflight.clear();\n        inflightBytes = 0;",
                                        "nextIndex = Math.max(from, matchIndex + 1);"))
                        .alsoCaughtBy("raft.LostWindowTest#aFullWindowThatAClosedStreamTookAlongIsSentAnew"),
                PlantedBug.of(
                                22,
                                "a message takes all entries that are in memory",
                                Change.of(
                                        RAFT_LOG, "if (!entries.isEmpty() && bytes > maxBytes) {", "if (bytes < 0) {"))
                        .alsoCaughtBy("raft.LeadingTest#batchesAreBoundedInBytes"),
                PlantedBug.of(
                                23,
                                "a catch-up takes all entries that are on disk",
                                Change.of(
                                        "storage/SegmentedLog.java",
                                        "if (bytes > maxBytes && !batch.isEmpty()) {",
                                        "if (bytes < 0) {"),
                                Change.of(
                                        "storage/SegmentedLog.java",
                                        "1 + maxBytes / Entry.OVERHEAD_BYTES",
                                        "Integer.MAX_VALUE"))
                        .alsoCaughtBy("storage.SegmentedLogTest#limitsAReadInBytesButAnswersOneEntryAtLeast"),
                PlantedBug.of(
                                24,
                                "a write that is reported late counts for what has taken its place",
                                Change.of(
                                        RAFT_LOG,
                                        "unsynced.stream().mapToLong(append -> append.firstIndex() - 1).reduce(index, Math::min)",
                                        "Math.min(index, lastIndex)"))
                        .alsoCaughtBy("raft.PersistedTest#aReportOfWhatHasBeenReplacedSaysNothing"));
    }
}
