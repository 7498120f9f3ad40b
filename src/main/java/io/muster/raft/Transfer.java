package io.muster.raft;

import java.util.Set;
import java.util.TreeSet;

/**
 * A hand-over of leadership under way (dissertation section 3.10): to one follower after the other, each for half an
 * election timeout, until one has taken over or all were tried.
 */
final class Transfer {

    private final Set<NodeId> tried = new TreeSet<>();
    private NodeId target;
    private long deadlineNanos;
    private boolean asked;

    Transfer(NodeId target, long deadlineNanos) {
        this.target = target;
        this.deadlineNanos = deadlineNanos;
        tried.add(target);
    }

    NodeId target() {
        return target;
    }

    boolean hasTried(NodeId follower) {
        return tried.contains(follower);
    }

    boolean expired(long nowNanos) {
        return nowNanos >= deadlineNanos;
    }

    /** Whether the target has been asked to stand. */
    boolean asked() {
        return asked;
    }

    void ask() {
        asked = true;
    }

    void turnTo(NodeId next, long untilNanos) {
        target = next;
        deadlineNanos = untilNanos;
        asked = false;
        tried.add(next);
    }
}
