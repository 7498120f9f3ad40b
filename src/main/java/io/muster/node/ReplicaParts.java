package io.muster.node;

import io.muster.raft.Restored;
import io.muster.storage.DataDirectory;
import io.muster.storage.DurableLog;
import io.muster.storage.Vote;

/**
 * What a replica is made of.
 *
 * @param directory its data directory; closed by whoever opened it
 * @param log the log in it
 * @param stateMachine driven by the log
 * @param snapshots copies of its state
 * @param observer told what happens in it
 */
public record ReplicaParts(
        DataDirectory directory,
        DurableLog log,
        StateMachine stateMachine,
        SnapshotStore snapshots,
        Transport transport,
        Clock clock,
        Workers workers,
        FatalHandler fatal,
        ReplicaObserver observer) {

    /** What was on the disk when the directory and the log were opened. */
    public Restored restored() {
        Vote vote = directory.vote();
        long last = log.lastIndex();
        long lastTimeMillis = last < log.firstIndex()
                ? log.start().timeMillis()
                : log.read(last, last, 1).getFirst().timeMillis();
        return new Restored(
                vote.term(),
                vote.votedFor(),
                log.start(),
                log.termStarts(),
                last,
                lastTimeMillis,
                stateMachine.appliedIndex());
    }
}
