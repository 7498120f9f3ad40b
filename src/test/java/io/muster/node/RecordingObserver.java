package io.muster.node;

import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;
import java.util.ArrayList;
import java.util.List;

/** Keeps all that it was told, a line each. For one thread. */
final class RecordingObserver implements ReplicaObserver {

    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void changed(RaftStatus before, RaftStatus now) {
        lines.add("changed: " + now.role() + " in term " + now.term() + ", led by " + now.leader());
    }

    @Override
    public void followerDenies(NodeId follower, long lastIndex) {
        lines.add(follower + " denies what it had up to " + lastIndex);
    }

    @Override
    public void stateDiffers(long index) {
        lines.add("differs at " + index);
    }

    @Override
    public void snapshotTaken(NodeId follower, LogStart last, long bytes) {
        lines.add("taken for " + follower);
    }

    @Override
    public void snapshotSent(NodeId follower, LogStart last) {
        lines.add("sent to " + follower);
    }

    @Override
    public void snapshotGivenUp(NodeId follower, String why) {
        lines.add("given up for " + follower + ": " + why);
    }

    @Override
    public void snapshotOffered(long bytes) {
        lines.add("offered");
    }

    @Override
    public void snapshotRefused(String why) {
        lines.add("refused: " + why);
    }

    @Override
    public void snapshotInstalled(long lastIndex) {
        lines.add("installed");
    }
}
