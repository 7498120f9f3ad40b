package io.muster.raft;

/**
 * Names one replica for its whole life; never reused for another.
 *
 * @param value 1 or greater
 */
public record NodeId(int value) implements Comparable<NodeId> {

    public NodeId {
        if (value < 1) {
            throw new IllegalArgumentException("a node id is 1 or greater, not " + value);
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
