package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private final TestCluster cluster = new TestCluster(64);

    private static Bytes command(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return future.exceptionNow();
    }

    @Test
    void acknowledgesOnAFollowerWhatIsAppliedOnAll() {
        CompletableFuture<Consensus.Committed> write =
                cluster.followers().getFirst().replica().propose(command("a"));
        cluster.until(write::isDone);

        assertThat(write.resultNow().result()).isEqualTo(command("a"));
        cluster.until(() -> cluster.nodes.stream()
                .allMatch(node -> node.stateMachine().commands().equals(List.of(command("a")))));
    }

    @Test
    void acknowledgesNothingThatOnlyOneDiskHolds() {
        List<TestCluster.Node> followers = cluster.followers();
        followers.forEach(node -> node.workers().holdDisk(true));
        CompletableFuture<Consensus.Committed> write =
                cluster.leader().replica().propose(command("a"));
        cluster.pass(Duration.ofMillis(500));
        assertThat(write).isNotDone();

        followers.getFirst().workers().holdDisk(false);
        cluster.until(write::isDone);
        assertThat(write).isCompleted();
    }

    @Test
    void appliesNothingThatItsOwnDiskDoesNotHold() {
        TestCluster.Node leader = cluster.leader();
        leader.workers().holdDisk(true);
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("a"));
        cluster.pass(Duration.ofMillis(500));
        assertThat(leader.replica().status().raft().commitIndex())
                .isGreaterThan(leader.replica().appliedIndex());
        assertThat(write).isNotDone();

        leader.workers().holdDisk(false);
        cluster.until(write::isDone);
        assertThat(write).isCompleted();
    }

    @Test
    void groupsWhatArrivesTogetherIntoOneSync() {
        TestCluster.Node leader = cluster.leader();
        cluster.pass(Duration.ofSeconds(1));
        long syncsBefore = syncs(leader);
        List<CompletableFuture<Consensus.Committed>> writes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            writes.add(leader.replica().propose(command("w" + i)));
        }
        cluster.until(() -> writes.stream().allMatch(CompletableFuture::isDone));

        assertThat(writes).allSatisfy(write -> assertThat(write).isCompleted());
        assertThat(syncs(leader) - syncsBefore).isEqualTo(1);
    }

    private static long syncs(TestCluster.Node node) {
        return node.disk().journal().stream()
                .filter(operation -> operation.startsWith("sync log/"))
                .count();
    }

    @Test
    void readsOnAFollowerWhatWasAcknowledgedElsewhere() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node reader = cluster.followers().getFirst();
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("a"));
        cluster.until(write::isDone);
        CompletableFuture<Long> read = reader.replica().readBarrier();
        cluster.until(read::isDone);

        assertThat(read.resultNow()).isGreaterThanOrEqualTo(write.resultNow().index());
        assertThat(reader.stateMachine().commands()).contains(command("a"));
    }

    @Test
    void saysNotAppliedWhereNoLeaderIsKnown() {
        cluster.leader();
        TestCluster.Node alone = cluster.followers().getFirst();
        cluster.network.cut(alone.id());
        cluster.until(() -> alone.replica().status().raft().leader() == null);
        CompletableFuture<Consensus.Committed> write = alone.replica().propose(command("a"));
        CompletableFuture<Long> read = alone.replica().readBarrier();
        cluster.until(() -> write.isDone() && read.isDone());

        assertThat(failureOf(write)).isInstanceOf(ConsensusException.NoQuorum.class);
        assertThat(failureOf(read)).isInstanceOf(ConsensusException.NoQuorum.class);
    }

    @Test
    void saysUnknownOnceTheLogHasIt() {
        TestCluster.Node leader = cluster.leader();
        cluster.network.cut(leader.id());
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("lost"));
        cluster.until(write::isDone);
        assertThat(failureOf(write)).isInstanceOf(ConsensusException.OutcomeUnknown.class);

        cluster.network.heal(leader.id());
        cluster.until(() -> cluster.nodes.stream()
                .allMatch(node -> node.replica().status().raft().leader() != null));
        cluster.pass(Duration.ofSeconds(3));
        assertThat(cluster.nodes)
                .allSatisfy(node -> assertThat(node.stateMachine().commands())
                        .isEqualTo(cluster.leader().stateMachine().commands()));
    }

    @Test
    void waitsForTheNextLeaderRatherThanFail() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node follower = cluster.followers().getFirst();
        cluster.network.cut(leader.id());
        cluster.nodes.forEach(node -> node.replica().inboundClosed(leader.id()));
        CompletableFuture<Consensus.Committed> write = follower.replica().propose(command("a"));
        cluster.until(write::isDone);

        assertThat(write).isCompleted();
    }

    @Test
    void refusesMoreThanItsQueueHolds() {
        TestCluster.Node leader = cluster.leader();
        List<CompletableFuture<Consensus.Committed>> writes = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            writes.add(leader.replica().propose(command("w" + i)));
        }
        assertThat(failureOf(writes.getLast())).isInstanceOf(ConsensusException.Overloaded.class);

        cluster.until(() -> writes.stream().allMatch(CompletableFuture::isDone));
        assertThat(writes.subList(0, 64)).allSatisfy(write -> assertThat(write).isCompleted());
        CompletableFuture<Consensus.Committed> later = leader.replica().propose(command("later"));
        cluster.until(later::isDone);
        assertThat(later).isCompleted();
    }

    @Test
    void handsLeadershipOverWithoutAnElectionTimeout() {
        TestCluster.Node leader = cluster.leader();
        CompletableFuture<Void> handedOver = leader.replica().transferLeadership();
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("meanwhile"));
        for (int tick = 0; tick < 5; tick++) {
            cluster.step();
        }

        assertThat(handedOver).isCompleted();
        assertThat(cluster.leader()).isNotEqualTo(leader);
        assertThat(write).isCompleted();
    }

    @Test
    void tellsItsObserverWhoLeads() {
        TestCluster.Node first = cluster.leader();
        CompletableFuture<Void> handedOver = first.replica().transferLeadership();
        cluster.until(handedOver::isDone);
        TestCluster.Node second = cluster.leader();
        cluster.until(() -> first.replica().status().raft().leader() != null);

        assertThat(first.observer().lines())
                .containsSubsequence(
                        "changed: LEADER in term 1, led by " + first.id(),
                        "changed: FOLLOWER in term 2, led by " + second.id());
        assertThat(second.observer().lines())
                .containsSubsequence(
                        "changed: FOLLOWER in term 1, led by " + first.id(),
                        "changed: LEADER in term 2, led by " + second.id());
    }

    @Test
    void whoDoesNotLeadHasHandedOver() {
        CompletableFuture<Void> handedOver =
                cluster.followers().getFirst().replica().transferLeadership();
        cluster.step();
        assertThat(handedOver).isCompleted();
    }

    @Test
    void aLeaderWhoseDiskStallsGivesWay() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node follower = cluster.followers().getFirst();
        leader.workers().holdDisk(true);
        var _ = leader.replica().propose(command("stuck"));
        cluster.until(() -> !leader.leads());
        assertThat(leader.replica().status().raft().diskStalls()).isTrue();

        CompletableFuture<Consensus.Committed> write = follower.replica().propose(command("elsewhere"));
        cluster.until(write::isDone);
        assertThat(write).isCompleted();
    }

    @Test
    void countsWhatItStillHoldsThoughItsCallersHaveGivenUp() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node follower = cluster.followers().getFirst();
        leader.workers().holdDisk(true);
        List<CompletableFuture<Consensus.Committed>> writes = fill(leader);
        cluster.until(() -> writes.stream().allMatch(CompletableFuture::isDone));
        assertThat(failureOf(writes.getLast())).isInstanceOf(ConsensusException.OutcomeUnknown.class);
        assertThat(failureOf(leader.replica().proposeHere(command("more"))))
                .isInstanceOf(ConsensusException.Overloaded.class);
        CompletableFuture<Long> read = follower.replica().readBarrier();
        cluster.until(read::isDone);
        assertThat(read).as("writes that hang keep no read out").isCompleted();

        leader.workers().holdDisk(false);
        cluster.settle();
        CompletableFuture<Consensus.Committed> later = leader.replica().propose(command("later"));
        cluster.until(later::isDone);
        assertThat(later).isCompleted();
    }

    @Test
    void holdsNoRoomForWhatAnotherLeaderHasSuperseded() {
        TestCluster.Node old = cluster.leader();
        cluster.network.cut(old.id());
        List<CompletableFuture<Consensus.Committed>> writes = fill(old);
        cluster.until(() -> writes.stream().allMatch(CompletableFuture::isDone));
        cluster.network.heal(old.id());
        cluster.until(() -> !cluster.leader().equals(old));
        cluster.pass(Duration.ofSeconds(1));

        List<CompletableFuture<Consensus.Committed>> more = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            more.add(old.replica().proposeHere(command("more")));
        }
        cluster.settle();
        assertThat(more)
                .allSatisfy(write -> assertThat(failureOf(write)).isInstanceOf(ConsensusException.NoQuorum.class));
    }

    private static List<CompletableFuture<Consensus.Committed>> fill(TestCluster.Node node) {
        List<CompletableFuture<Consensus.Committed>> writes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            writes.add(node.replica().propose(command("w" + i)));
        }
        return writes;
    }

    @Test
    void thoseWhoWaitForAFarIndexKeepNobodyElseOut() {
        Replica leader = cluster.leader().replica();
        List<CompletableFuture<Long>> waits = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            waits.add(leader.awaitApplied(Long.MAX_VALUE));
        }
        assertThat(failureOf(leader.awaitApplied(Long.MAX_VALUE))).isInstanceOf(ConsensusException.Overloaded.class);
        CompletableFuture<Consensus.Committed> write = leader.propose(command("a"));
        CompletableFuture<Long> read = leader.readBarrier();
        cluster.until(() -> write.isDone() && read.isDone());
        assertThat(write).isCompleted();
        assertThat(read).isCompleted();

        waits.getFirst().cancel(false);
        assertThat(leader.awaitApplied(Long.MAX_VALUE)).isNotDone();
    }

    @Test
    void givesUpWaitingForAnIndexThatNeverComes() {
        CompletableFuture<Long> waiting = cluster.leader().replica().awaitApplied(Long.MAX_VALUE);
        cluster.until(waiting::isDone);

        assertThat(failureOf(waiting)).isInstanceOf(ConsensusException.NoQuorum.class);
    }

    @Test
    void endsAtAFailedSyncAndAcknowledgesNothingMore() {
        TestCluster.Node leader = cluster.leader();
        leader.disk().failAt(leader.disk().journal().size() + 1, "no space left on device");
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("a"));
        cluster.settle();

        assertThat(leader.fatal()).hasSize(1);
        assertThat(write).isNotDone();
    }

    @Test
    void sealsTheLogOnceWhenIdle() {
        TestCluster.Node leader = cluster.leader();
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("a"));
        cluster.until(write::isDone);
        long before = syncs(leader);
        cluster.pass(Duration.ofSeconds(2));

        assertThat(syncs(leader) - before).isEqualTo(1);
    }

    @Test
    void sealsTheLogAtACleanStop() {
        TestCluster.Node leader = cluster.leader();
        CompletableFuture<Consensus.Committed> write = leader.replica().propose(command("a"));
        cluster.until(write::isDone);
        long before = syncs(leader);
        leader.replica().stop();
        cluster.settle();

        assertThat(syncs(leader) - before).isEqualTo(1);
    }
}
