package io.muster.node;

import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;

/**
 * The port to whoever tells operators what happens in a replica. Called on the event loop and on workers, so it is to be
 * thread-safe, and neither to wait nor to throw.
 */
public interface ReplicaObserver {

    /** Role, term or leader have changed. */
    void changed(RaftStatus before, RaftStatus now);

    /** A follower denies what it had acknowledged up to {@code lastIndex}, and is sent all of it again. */
    void followerDenies(NodeId follower, long lastIndex);

    /** This replica's state behind entry {@code index} is not what the other replicas have there. */
    void stateDiffers(long index);

    /** A follower is behind the start of the log, so the state is about to be sent to it. */
    void snapshotTaken(NodeId follower, LogStart last, long bytes);

    /** A follower has received the state whole. */
    void snapshotSent(NodeId follower, LogStart last);

    /** A follower did not get the state; what is to be done is decided anew. */
    void snapshotGivenUp(NodeId follower, String why);

    /** A leader begins to send its state. */
    void snapshotOffered(long bytes);

    /** What was received is not the state that was sent, or cannot be read here: it is dropped. */
    void snapshotRefused(String why);

    /** The state is the one that was received. */
    void snapshotInstalled(long lastIndex);
}
