package io.muster.sim;

import io.muster.node.ReplicaObserver;
import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;

/** Writes what happens in a replica to the trace. */
final class TracingObserver implements ReplicaObserver {

    private final Simulation simulation;
    private final NodeId self;

    TracingObserver(Simulation simulation, NodeId self) {
        this.simulation = simulation;
        this.self = self;
    }

    @Override
    public void changed(RaftStatus before, RaftStatus now) {
        simulation.say(() ->
                "node " + self + " is " + now.role() + " in term " + now.term() + ", and knows leader " + now.leader());
    }

    @Override
    public void followerDenies(NodeId follower, long lastIndex) {
        simulation.say(
                () -> "node " + self + " believes that node " + follower + " has lost what it had up to " + lastIndex);
    }

    @Override
    public void stateDiffers(long index) {
        simulation.say(() -> "node " + self + " finds that its state differs at " + index);
    }

    @Override
    public void snapshotTaken(NodeId follower, LogStart last, long bytes) {
        simulation.say(() -> "node " + self + " takes a snapshot up to " + last + " for node " + follower);
    }

    @Override
    public void snapshotSent(NodeId follower, LogStart last) {
        simulation.say(() -> "node " + self + " has sent its snapshot up to " + last + " to node " + follower);
    }

    @Override
    public void snapshotGivenUp(NodeId follower, String why) {
        simulation.say(() -> "node " + self + " gives up its snapshot for node " + follower + ": " + why);
    }

    @Override
    public void snapshotOffered(long bytes) {
        simulation.say(() -> "node " + self + " is offered a snapshot of " + bytes + " bytes");
    }

    @Override
    public void snapshotRefused(String why) {
        simulation.say(() -> "node " + self + " refuses a snapshot: " + why);
    }

    @Override
    public void snapshotInstalled(long lastIndex) {
        simulation.say(() -> "node " + self + " has installed a snapshot up to " + lastIndex);
    }
}
