package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs of snapshots and of cutting the log: numbers 14, 21 and 32 to 36. */
final class SnapshotBugs {

    private static final String FOLLOWING = "raft/Following.java";
    private static final String PERSISTER = "node/Persister.java";

    private SnapshotBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                                14,
                                "an entry that was cut is taken for a conflict",
                                Change.of(
                                        "raft/RaftLog.java",
                                        "return index <= startIndex || (index <= lastIndex && termAt(index) == term);",
                                        "return index >= startIndex && index <= lastIndex && termAt(index) == term;"))
                        .alsoCaughtBy("raft.SnapshotTest#whatWasCutMatches"),
                PlantedBug.of(
                        21,
                        "a follower that is sent nothing when the log is cut stays behind",
                        Change.of(
                                "raft/Replication.java",
                                "if (isCut(progress)) {\n            sendSnapshot(peer, progress);\n        } else {",
                                "if (!isCut(progress)) {")),
                PlantedBug.of(
                                32,
                                "a late snapshot takes the place of a newer log",
                                Change.of(
                                        FOLLOWING,
                                        "if (last.index() <= state.commitIndex() || last.term() > state.term()) {",
                                        "if (last.term() > state.term()) {"),
                                Change.of(
                                        FOLLOWING,
                                        "if (state.log.matches(last.index(), last.term())) {",
                                        "if (last.index() < 0) {"),
                                Change.of(
                                        "raft/CoreState.java",
                                        "require(last.index() > commitIndex, \"a snapshot never takes back what is committed\");",
                                        ""))
                        .alsoCaughtBy("raft.SnapshotTest#anOldOneTakesNothingBack"),
                PlantedBug.of(
                        33,
                        "the state becomes the snapshot before the log starts there",
                        Change.of(
                                PERSISTER,
                                "log.reset(batch.install());\n            snapshots.install(batch.install());",
                                "snapshots.install(batch.install());\n            log.reset(batch.install());")),
                PlantedBug.of(
                                34,
                                "a snapshot that is not whole is installed",
                                Change.of(
                                        "users/store/RocksSnapshotSink.java",
                                        "require(manifest != null && received == bytes, ",
                                        "require(manifest != null, "),
                                Change.of(
                                        "users/store/RocksSnapshotSink.java",
                                        "for (StateFile file : whole.files()) {\n                requireSound(file);\n            }",
                                        ""),
                                Change.of("users/store/RocksSnapshotSink.java", "requireState(whole.state());", ""))
                        .caughtByTestOnly("users.store.RocksSnapshotStoreTest#refusesASnapshotThatIsNotWhole"),
                PlantedBug.of(
                                35,
                                "what is received is added to what was there",
                                Change.ofTestCode(
                                        "users/store/MapStoreDisk.java",
                                        "flushed = Objects.requireNonNull(complete).copy();",
                                        "MapTables received = Objects.requireNonNull(complete);"
                                                + " MapTables before = flushed;"
                                                + " List<User> users = new java.util.ArrayList<>(before.users());"
                                                + " users.addAll(received.users());"
                                                + " List<Request> requests = new java.util.ArrayList<>(before.requests());"
                                                + " requests.addAll(received.requests());"
                                                + " flushed = MapTables.of(received.applied(), users, requests, received.signingKeys());"))
                        .alsoCaughtBy("users.store.MapSnapshotStoreTest#replacesTheStateWithThatOfAnother"),
                PlantedBug.of(
                        36,
                        "the log is cut though the state was not flushed",
                        Change.ofTestCode(
                                "users/store/MapSnapshotStore.java",
                                "store.flush();\n        return store.applied();",
                                "return store.applied();")),
                PlantedBug.of(
                                36,
                                "the log is cut though the state was not flushed",
                                Change.of(
                                        "users/store/RocksSnapshotStore.java",
                                        "store.flush();\n        return applied;",
                                        "return applied;"))
                        .caughtByTestOnly("users.store.RocksSnapshotFlushTest#whatTheLogMayLoseSurvivesACrash"));
    }
}
