package io.muster.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.node.ReplicaObserver;
import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;
import io.muster.raft.Role;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens in a replica to the log, and counts what operators alert on. Thread-safe. */
public final class ReplicaJournal implements ReplicaObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaJournal.class);

    private record Leader(long term, NodeId id) {}

    private final AtomicReference<@Nullable Leader> lastLeader = new AtomicReference<>();
    private final Counter leaderChanges;
    private final Counter followersReset;
    private final Counter snapshotsSent;
    private final Counter snapshotsInstalled;
    private final Counter snapshotsRefused;

    public ReplicaJournal(MeterRegistry meters) {
        leaderChanges =
                counter(meters, "raft.leader.changes", "leaders this replica has come to know, itself included");
        followersReset = counter(meters, "raft.followers.reset", "followers that denied what they had acknowledged");
        snapshotsSent = counter(meters, "raft.snapshots.sent", "states sent whole to followers");
        snapshotsInstalled = counter(meters, "raft.snapshots.installed", "states received from leaders and taken up");
        snapshotsRefused = counter(
                meters, "raft.snapshots.refused", "states received from leaders and found damaged or unreadable");
    }

    private static Counter counter(MeterRegistry meters, String name, String what) {
        return Counter.builder(name).description(what).register(meters);
    }

    @Override
    public void changed(RaftStatus before, RaftStatus now) {
        boolean newLeader = isNews(now);
        if (newLeader) {
            leaderChanges.increment();
        }
        if (now.role() == Role.LEADER) {
            LOG.info("Leads in term {}", now.term());
        } else if (newLeader) {
            LOG.info("Follows node {} in term {}", now.leader(), now.term());
        } else if (before.role() == Role.LEADER) {
            LOG.info("No longer leads; the term is {}", now.term());
        } else if (now.role() != before.role() && now.role() != Role.FOLLOWER) {
            LOG.info("Stands for election: is a {} in term {}", now.role(), now.term());
        }
    }

    /** A leader that was lost sight of and is heard of again is the same one. */
    private boolean isNews(RaftStatus now) {
        if (now.leader() == null) {
            return false;
        }
        Leader found = new Leader(now.term(), now.leader());
        return !found.equals(lastLeader.getAndSet(found));
    }

    @Override
    public void followerDenies(NodeId follower, long lastIndex) {
        followersReset.increment();
        LOG.warn(
                "Node {} denies what it had acknowledged, up to entry {}: its data were probably deleted, or put back from an"
                        + " old copy; sends it all of that again",
                follower,
                lastIndex);
    }

    @Override
    public void stateDiffers(long index) {
        LOG.error(
                "The state behind entry {} is not what a majority of the replicas has there: this replica is not ready any more."
                        + " Keep its data directory to find out why, and report it",
                index);
    }

    @Override
    public void snapshotTaken(NodeId follower, LogStart last, long bytes) {
        LOG.info(
                "Node {} is behind the start of the log; sends it the state up to entry {}, {} bytes",
                follower,
                last.index(),
                bytes);
    }

    @Override
    public void snapshotSent(NodeId follower, LogStart last) {
        snapshotsSent.increment();
        LOG.info("Node {} has the state up to entry {}", follower, last.index());
    }

    @Override
    public void snapshotGivenUp(NodeId follower, String why) {
        LOG.warn("Node {} did not get the state: {}", follower, why);
    }

    @Override
    public void snapshotOffered(long bytes) {
        LOG.info("Is behind the start of the leader's log; receives its state, {} bytes", bytes);
    }

    @Override
    public void snapshotRefused(String why) {
        snapshotsRefused.increment();
        LOG.warn("Refuses the state it has received, and waits for another: {}", why);
    }

    @Override
    public void snapshotInstalled(long lastIndex) {
        snapshotsInstalled.increment();
        LOG.info("The state is the one received, up to entry {}", lastIndex);
    }
}
