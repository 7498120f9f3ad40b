package io.muster.raft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Log matching, leader append-only, leader completeness and state machine safety (paper figure 3): committed entries are
 * durable on a majority and never replaced, and only they are applied, once they are durable here.
 */
final class LogInvariants implements Watcher {

    private record Position(long index, long term) {}

    private record Written(Entry entry, long termBefore) {}

    private final Collection<TestReplica> replicas;
    private final Map<Position, Written> written = new HashMap<>();
    private final List<Entry> committed = new ArrayList<>();

    LogInvariants(Collection<TestReplica> replicas) {
        this.replicas = replicas;
    }

    List<Entry> committed() {
        return committed;
    }

    @Override
    public void sees(TestReplica replica, Effect effect) {
        if (effect instanceof Effect.Append append) {
            int first = (int) append.entries().getFirst().index();
            require(!replica.leads() || first == replica.log().size() + 1, replica, "a leader replaces entries");
            requireMatching(
                    replica,
                    append.entries(),
                    first == 1 ? 0 : replica.log().get(first - 2).term());
            for (int i = first - 1; i < Math.min(replica.log().size(), committed.size()); i++) {
                require(!replica.log().get(i).equals(committed.get(i)), replica, "a committed entry is cut");
            }
        }
    }

    private void requireMatching(TestReplica replica, List<Entry> entries, long termBefore) {
        long before = termBefore;
        for (Entry entry : entries) {
            Written here = new Written(entry, before);
            Written elsewhere = written.putIfAbsent(new Position(entry.index(), entry.term()), here);
            require(elsewhere == null || elsewhere.equals(here), replica, "logs do not match at " + entry);
            before = entry.term();
        }
    }

    @Override
    public void stepped(TestReplica replica, View before) {
        RaftStatus now = replica.status();
        for (int i = (int) before.status().commitIndex(); i < now.commitIndex(); i++) {
            requireCommitted(replica, i);
        }
        require(replica.applied() <= now.commitIndex(), replica, "applies what is not committed");
        for (int i = (int) before.applied(); i < replica.applied(); i++) {
            List<Entry> durable = replica.disk().log();
            require(
                    i < durable.size() && durable.get(i).equals(committed.get(i)),
                    replica,
                    "applies what is not durable");
        }
        if (now.role() == Role.LEADER && before.status().role() != Role.LEADER) {
            for (int i = 0; i < committed.size(); i++) {
                require(replica.log().get(i).equals(committed.get(i)), replica, "leads without a committed entry");
            }
        }
    }

    private void requireCommitted(TestReplica replica, int position) {
        Entry entry = replica.log().get(position);
        if (position == committed.size()) {
            long copies = replicas.stream()
                    .map(other -> other.disk().log())
                    .filter(log -> position < log.size() && log.get(position).equals(entry))
                    .count();
            require(copies >= replica.majority(), replica, "commits what no majority keeps: " + entry);
            committed.add(entry);
        }
        require(committed.get(position).equals(entry), replica, "another entry is committed at " + entry.index());
    }

    private static void require(boolean holds, TestReplica replica, String violation) {
        if (!holds) {
            throw new AssertionError("node " + replica.id() + ": " + violation);
        }
    }
}
