package io.muster.raft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A read sees all that anybody knew to be committed when it was asked for; each is answered once. */
final class ReadInvariants implements Watcher {

    private record Asked(NodeId at, long committed) {}

    private final LogInvariants logs;
    private final Map<Long, Asked> open = new HashMap<>();
    private final Set<Long> confirmed = new HashSet<>();

    ReadInvariants(LogInvariants logs) {
        this.logs = logs;
    }

    void issued(NodeId at, long id) {
        open.put(id, new Asked(at, logs.committed().size()));
    }

    /** Reads without an answer. */
    Set<Long> open() {
        return open.keySet();
    }

    Set<Long> confirmed() {
        return confirmed;
    }

    @Override
    public void sees(TestReplica replica, Effect effect) {
        switch (effect) {
            case Effect.ConfirmRead read -> {
                long committed = answered(read.id()).committed();
                if (read.index() < committed) {
                    throw new AssertionError("read " + read.id() + " at " + read.index() + " misses " + committed);
                }
                confirmed.add(read.id());
            }
            case Effect.RejectRead read -> answered(read.id());
            default -> {}
        }
    }

    private Asked answered(long id) {
        Asked asked = open.remove(id);
        if (asked == null) {
            throw new AssertionError("read " + id + " is answered twice");
        }
        return asked;
    }

    @Override
    public void crashed(TestReplica replica) {
        open.values().removeIf(asked -> asked.at().equals(replica.id()));
    }
}
