package io.muster.sim;

import io.muster.node.ReplicaStatus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.Message;
import io.muster.raft.NodeId;
import java.util.List;

/** Something that always holds: is told what happens, and fails the simulation where it does not. */
interface Invariant {

    /** A process has taken up what it found on its disk. */
    default void started(SimulatedReplica replica) {}

    /** A process has ended. */
    default void ended(SimulatedReplica replica) {}

    /** Something has happened in a process that changed its status. */
    default void stepped(SimulatedReplica replica, ReplicaStatus before, ReplicaStatus now) {}

    /** Entries have become durable, superseding what stood from the first of them on; {@code replaced} is that. */
    default void appended(SimulatedReplica replica, List<Entry> entries, List<Entry> replaced) {}

    /** A message leaves. */
    default void sends(SimulatedReplica replica, NodeId to, Message message) {}

    /** An answer reaches who asked. */
    default void answered(SimulatedReplica replica, NodeId from, Message.Reply reply) {}

    /** Entries were applied, with these results. */
    default void applied(SimulatedReplica replica, List<Entry> entries, List<Bytes> results) {}
}
