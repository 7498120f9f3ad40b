package io.muster.node;

import io.muster.raft.Bytes;
import io.muster.raft.NodeId;
import io.muster.raft.RaftConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares this replica's state with the others': all have applied the same, so where their states differ, one of them has
 * lost its way, and says so to nobody (etcd-io/etcd#13766, #14039). Every replica judges itself alone: it is wrong where a
 * majority of all has one other thing behind the same entry. For the event loop, but for
 * {@link #differs}.
 */
final class StateComparison {

    private final List<NodeId> others;
    private final int majority;
    private final Transport transport;
    private final ReplicaObserver observer;
    private final StateDigests own;
    private final Consumer<Event> report;
    private volatile boolean differs;

    StateComparison(RaftConfig raft, ReplicaParts parts, StateDigests own, Consumer<Event> report) {
        this.others = raft.voters().stream()
                .filter(voter -> !voter.equals(raft.self()))
                .toList();
        this.majority = raft.majority();
        this.transport = parts.transport();
        this.observer = parts.observer();
        this.own = own;
        this.report = report;
    }

    /** Asks the others, and compares what those have that answer. */
    void begin() {
        List<CompletableFuture<List<StateDigest>>> asked =
                others.stream().map(this::digestsOf).toList();
        var _ = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenRun(() -> report.accept(new Event.OnLoop(() ->
                        compare(asked.stream().map(CompletableFuture::join).toList()))));
    }

    private CompletableFuture<List<StateDigest>> digestsOf(NodeId other) {
        return transport.stateDigests(other).exceptionally(unreachable -> List.of());
    }

    private void compare(List<List<StateDigest>> theirs) {
        own.latest().stream()
                .filter(mine -> isOutvoted(mine, theirs))
                .findFirst()
                .ifPresent(this::differ);
    }

    /** Who has not got there, or does not answer, says nothing. */
    private boolean isOutvoted(StateDigest mine, List<List<StateDigest>> theirs) {
        Map<Bytes, Long> othersByHash = theirs.stream()
                .flatMap(digests -> digests.stream().distinct())
                .filter(digest ->
                        digest.index() == mine.index() && !digest.hash().equals(mine.hash()))
                .collect(Collectors.groupingBy(StateDigest::hash, Collectors.counting()));
        return othersByHash.values().stream().anyMatch(count -> count >= majority);
    }

    /** A leader hands over, as often as it is found out: what it sends whole to followers would be as wrong. */
    private void differ(StateDigest mine) {
        if (!differs) {
            differs = true;
            observer.stateDiffers(mine.index());
        }
        report.accept(new Event.Transfer(new CompletableFuture<>()));
    }

    /** The state is the leader's own now. */
    void installed() {
        own.clear();
        differs = false;
    }

    /** Whether the state is not what the other replicas have, as far as is known. Thread-safe. */
    boolean differs() {
        return differs;
    }
}
