package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Bytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Logs are cut, and whoever lags behind their start gets a snapshot. */
class SnapshotTransferTest {

    private static final int COMMAND_BYTES = 16 << 10;

    private static final Duration LONGER_THAN_A_SENDER_WAITS = Duration.ofSeconds(61);

    private final TestCluster cluster = new TestCluster(64);
    private int lastCommand;

    private static Bytes command(int number) {
        byte[] content = new byte[COMMAND_BYTES];
        content[0] = (byte) number;
        content[1] = (byte) (number >> Byte.SIZE);
        return Bytes.copyOf(content);
    }

    private void write(TestCluster.Node leader, int bytes) {
        for (int written = 0; written < bytes; written += COMMAND_BYTES) {
            CompletableFuture<Consensus.Committed> write = leader.replica().propose(command(++lastCommand));
            cluster.until(write::isDone);
            assertThat(write).isCompleted();
        }
    }

    private void untilAllAreEqual(TestCluster.Node like) {
        cluster.until(() -> cluster.nodes.stream()
                .allMatch(node -> node.stateMachine()
                        .commands()
                        .equals(like.stateMachine().commands())));
        assertThat(cluster.nodes).allSatisfy(node -> assertThat(node.fatal()).isEmpty());
    }

    @Test
    void theLogStaysWithinItsBudgetUnderEndlessWrites() {
        TestCluster.Node leader = cluster.leader();
        write(leader, 8 * TestCluster.LOG_BUDGET_BYTES);
        cluster.until(() -> cluster.nodes.stream()
                .allMatch(node -> node.log().bytes() <= TestCluster.LOG_BUDGET_BYTES + TestCluster.SEGMENT_BYTES));
        assertThat(leader.stateMachine().commands()).hasSize(lastCommand);
    }

    @Test
    void aFollowerBehindTheStartOfTheLogGetsASnapshot() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = cluster.followers().getFirst();
        write(leader, TestCluster.SEGMENT_BYTES);
        network().cut(behind.id());
        write(leader, 3 * TestCluster.LOG_BUDGET_BYTES);
        cluster.until(() -> leader.log().firstIndex() > behind.log().lastIndex() + 1);

        network().heal(behind.id());
        untilAllAreEqual(leader);
        assertThat(leader.stateMachine().snapshotsTaken()).isPositive();
        assertThat(behind.log().firstIndex()).isGreaterThan(1);
        assertThat(leader.observer().lines()).containsSubsequence("taken for " + behind.id(), "sent to " + behind.id());
        assertThat(behind.observer().lines()).containsSubsequence("offered", "installed");

        write(leader, TestCluster.SEGMENT_BYTES);
        untilAllAreEqual(leader);
    }

    @Test
    void aFollowerWithinTheTailNeedsNoSnapshot() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = cluster.followers().getFirst();
        write(leader, 3 * TestCluster.LOG_BUDGET_BYTES);
        network().cut(behind.id());
        write(leader, TestCluster.SEGMENT_BYTES);
        network().heal(behind.id());
        untilAllAreEqual(leader);
        assertThat(leader.stateMachine().snapshotsTaken()).isZero();
    }

    @Test
    void goesOnWhereTheConnectionWasLost() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = cluster.followers().getFirst();
        network().cut(behind.id());
        write(leader, 3 * TestCluster.LOG_BUDGET_BYTES);
        cluster.until(() -> leader.log().firstIndex() > behind.log().lastIndex() + 1);
        network().heal(behind.id());
        cluster.until(() -> leader.stateMachine().snapshotsTaken() == 1);
        cluster.step();
        network().cut(behind.id());
        for (int i = 0; i < 50; i++) {
            cluster.step();
        }
        network().heal(behind.id());
        untilAllAreEqual(leader);
        assertThat(leader.stateMachine().snapshotsTaken()).isEqualTo(1);
    }

    /** A follower that gets a snapshot once it is connected again; it is not yet. */
    private TestCluster.Node behindTheStartOf(TestCluster.Node leader) {
        TestCluster.Node behind = cluster.followers().getFirst();
        network().cut(behind.id());
        write(leader, 3 * TestCluster.LOG_BUDGET_BYTES);
        cluster.until(() -> leader.log().firstIndex() > behind.log().lastIndex() + 1);
        return behind;
    }

    @Test
    void aCopyThatTakesLongIsSentAllTheSame() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = behindTheStartOf(leader);
        leader.workers().holdFetches(true);
        network().heal(behind.id());
        cluster.pass(LONGER_THAN_A_SENDER_WAITS);
        leader.workers().holdFetches(false);
        untilAllAreEqual(leader);
        assertThat(leader.stateMachine().snapshotsTaken()).isEqualTo(1);
    }

    @Test
    void aStopDoesNotWaitForTheCheckOfASnapshot() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = behindTheStartOf(leader);
        network().heal(behind.id());
        cluster.until(() -> behind.stateMachine().snapshotsBegun() == 1);
        assertThat(behind.stateMachine().snapshotsCancelled()).isZero();
        behind.replica().stop();
        cluster.until(() -> behind.stateMachine().snapshotsCancelled() == 1);
    }

    @Test
    void whatAReplicaDoesNotNeedIsNotKept() {
        TestCluster.Node leader = cluster.leader();
        write(leader, COMMAND_BYTES);
        untilAllAreEqual(leader);
        TestCluster.Node other = cluster.followers().getFirst();
        for (int times = 1; times <= 2; times++) {
            assertThat(receive(other, leader.stateMachine().take())).isCompleted();
            cluster.pass(TestCluster.TICK);
            assertThat(other.stateMachine().snapshotsDiscarded()).isEqualTo(times);
        }
        untilAllAreEqual(leader);
    }

    private CompletableFuture<SnapshotProgress> receive(TestCluster.Node node, SnapshotSource snapshot) {
        ByteBuffer content = ByteBuffer.allocate((int) snapshot.bytes());
        snapshot.read(0, content);
        long term = node.replica().status().raft().term();
        CompletableFuture<SnapshotProgress> answer = node.replica()
                .receiveSnapshot(
                        SnapshotChunk.of(term, snapshot.id(), snapshot.bytes(), 0, Bytes.copyOf(content.array())));
        cluster.settle();
        return answer;
    }

    @Test
    void aCopyIsDeletedWhenItsFollowerStaysAway() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = behindTheStartOf(leader);
        network().heal(behind.id());
        cluster.until(() -> leader.stateMachine().snapshotsOpen() == 1);
        network().cut(behind.id());
        cluster.pass(LONGER_THAN_A_SENDER_WAITS);
        assertThat(leader.stateMachine().snapshotsOpen()).isZero();

        network().heal(behind.id());
        untilAllAreEqual(leader);
        cluster.pass(TestCluster.TICK);
        assertThat(leader.stateMachine().snapshotsTaken()).isEqualTo(2);
        assertThat(leader.stateMachine().snapshotsOpen()).isZero();
    }

    @Test
    void aCopyIsDeletedWhenItsLeaderIsDeposed() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = behindTheStartOf(leader);
        network().heal(behind.id());
        cluster.until(() -> leader.stateMachine().snapshotsOpen() == 1);
        network().cut(leader.id());
        cluster.until(() -> !leader.leads());
        cluster.pass(TestCluster.TICK);
        assertThat(leader.stateMachine().snapshotsOpen()).isZero();
    }

    /** A follower that is sent a snapshot, and drops each that it gets. */
    private TestCluster.Node refusesSnapshotsOf(TestCluster.Node leader) {
        TestCluster.Node behind = behindTheStartOf(leader);
        behind.stateMachine().refuseSnapshots(true);
        network().heal(behind.id());
        return behind;
    }

    @Test
    void whatWasRefusedIsNotSentAgainButTakenAnew() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = refusesSnapshotsOf(leader);
        cluster.until(() -> leader.stateMachine().snapshotsTaken() == 2);
        assertThat(leader.observer().lines())
                .containsSubsequence(
                        "taken for " + behind.id(),
                        "given up for " + behind.id() + ": it was refused",
                        "taken for " + behind.id());
        assertThat(behind.observer().lines()).contains("refused: it is damaged");

        behind.stateMachine().refuseSnapshots(false);
        untilAllAreEqual(leader);
    }

    @Test
    void whoRefusesAgainAndAgainIsSentLessAndLess() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node behind = refusesSnapshotsOf(leader);
        cluster.pass(Duration.ofSeconds(10));
        assertThat(leader.stateMachine().snapshotsTaken()).isBetween(3, 6);
        cluster.pass(Duration.ofSeconds(50));
        assertThat(leader.stateMachine().snapshotsTaken()).isBetween(6, 8);
        assertThat(behind.observer().lines())
                .filteredOn(line -> line.startsWith("offered") || line.startsWith("refused"))
                .hasSize(2 * leader.stateMachine().snapshotsTaken());

        behind.stateMachine().refuseSnapshots(false);
        cluster.pass(Duration.ofSeconds(30));
        untilAllAreEqual(leader);
    }

    @Test
    void whoIsDeposedDuringAPauseTakesNoMore() {
        TestCluster.Node leader = cluster.leader();
        refusesSnapshotsOf(leader);
        cluster.pass(Duration.ofSeconds(10));
        network().cut(leader.id());
        cluster.until(() -> !leader.leads());
        int taken = leader.stateMachine().snapshotsTaken();
        cluster.pass(Duration.ofSeconds(30));
        assertThat(leader.stateMachine().snapshotsTaken()).isEqualTo(taken);
        assertThat(leader.stateMachine().snapshotsOpen()).isZero();
    }

    @Test
    void whoLeadsAnewDoesNotWaitForWhatWasLongAgo() {
        TestCluster.Node first = cluster.leader();
        TestCluster.Node behind = refusesSnapshotsOf(first);
        cluster.pass(Duration.ofSeconds(10));
        network().cut(first.id());
        cluster.until(() -> !first.leads());
        behind.stateMachine().refuseSnapshots(false);
        network().heal(first.id());
        TestCluster.Node second = cluster.leader();
        untilAllAreEqual(second);

        network().cut(behind.id());
        write(second, 3 * TestCluster.LOG_BUDGET_BYTES);
        CompletableFuture<Void> handedOver = second.replica().transferLeadership();
        cluster.until(first::leads);
        assertThat(handedOver).isCompleted();
        cluster.until(() -> first.log().firstIndex() > behind.log().lastIndex() + 1);
        int taken = first.stateMachine().snapshotsTaken();
        network().heal(behind.id());
        cluster.pass(Duration.ofSeconds(2));
        assertThat(first.stateMachine().snapshotsTaken()).isEqualTo(taken + 1);
    }

    private LocalNetwork network() {
        return cluster.network;
    }
}
