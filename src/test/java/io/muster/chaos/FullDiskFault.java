package io.muster.chaos;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The disk of a replica is full. Its log has space of its own for a while, but its vote needs some, so the leader is cut off until
 * the others have voted anew.
 */
record FullDiskFault(Cluster cluster, int node) implements Fault {

    private static final int DISK_FAILED = 74;
    private static final Duration ELECTION = Duration.ofSeconds(4);
    private static final Duration END_BOUND = Duration.ofSeconds(30);

    @Override
    public void begin() throws InterruptedException {
        cluster.volume(node).fill();
        List<Way> waysOfLeader = cluster.network().waysOf(cluster.leader());
        waysOfLeader.forEach(Way::cut);
        Server server = cluster.server(node);
        OptionalInt code = server.awaitEnd(ELECTION);
        waysOfLeader.forEach(Way::heal);
        if (code.isEmpty()) {
            code = server.awaitEnd(END_BOUND);
        }
        if (code.isEmpty()) {
            throw new IllegalStateException("node " + node + " goes on with a full disk, and a new term");
        }
        if (code.getAsInt() != DISK_FAILED) {
            throw new IllegalStateException("node " + node + " ended with a full disk with " + server.ending());
        }
    }

    @Override
    public void end() {
        cluster.volume(node).makeRoom();
        cluster.start(List.of(node));
    }
}
