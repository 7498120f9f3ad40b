package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StateComparisonTest {

    private static final Duration UNTIL_COMPARED = Duration.ofSeconds(62);

    private final TestCluster cluster = new TestCluster(4096);

    private void write(TestCluster.Node leader, int commands, int bytes) {
        List<CompletableFuture<Consensus.Committed>> writes = IntStream.range(0, commands)
                .mapToObj(i -> leader.replica().propose(Bytes.copyOf(new byte[bytes])))
                .toList();
        cluster.until(() -> writes.stream().allMatch(CompletableFuture::isDone));
    }

    private void untilAllAreEqual(TestCluster.Node leader) {
        cluster.until(() -> cluster.nodes.stream()
                .allMatch(node -> node.replica().appliedIndex() == leader.log().lastIndex()));
    }

    private static boolean differs(TestCluster.Node node) {
        return node.replica().status().stateDiffers();
    }

    private void assertOnlyDiffers(TestCluster.Node spoiled) {
        assertThat(cluster.nodes)
                .allSatisfy(
                        node -> assertThat(differs(node)).isEqualTo(node.id().equals(spoiled.id())));
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        TestCluster.Node leader = cluster.leader();
        write(leader, 3 * StateDigests.INTERVAL, 1);
        cluster.pass(UNTIL_COMPARED);
        assertThat(cluster.nodes).noneMatch(StateComparisonTest::differs);
    }

    @Test
    void whoStandsAloneSaysSoOnce() {
        TestCluster.Node leader = cluster.leader();
        write(leader, 3, 1);
        untilAllAreEqual(leader);
        TestCluster.Node spoiled = cluster.followers().getFirst();
        spoiled.stateMachine().spoil();

        cluster.pass(UNTIL_COMPARED.multipliedBy(3));

        assertOnlyDiffers(spoiled);
        assertThat(spoiled.observer().lines())
                .containsOnlyOnce("differs at " + leader.log().lastIndex());
        assertThat(leader.observer().lines()).noneMatch(line -> line.startsWith("differs"));
    }

    @Test
    void aLeaderThatStandsAloneSaysSoAndHandsOver() {
        TestCluster.Node leader = cluster.leader();
        write(leader, 3, 1);
        untilAllAreEqual(leader);
        leader.stateMachine().spoil();

        cluster.pass(UNTIL_COMPARED);

        assertOnlyDiffers(leader);
        assertThat(leader.leads()).isFalse();
        assertThat(cluster.nodes).anyMatch(TestCluster.Node::leads);
    }

    @Test
    void comparesWhatIsNeverAtTheSameEntry() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node spoiled = cluster.followers().getFirst();
        spoiled.stateMachine().spoil();
        write(leader, StateDigests.INTERVAL + 50, 1);
        untilAllAreEqual(leader);
        spoiled.workers().holdDisk(true);
        write(leader, 5, 1);
        assertThat(spoiled.replica().appliedIndex()).isLessThan(leader.replica().appliedIndex());

        cluster.pass(UNTIL_COMPARED);

        assertThat(spoiled.replica().appliedIndex()).isLessThan(leader.replica().appliedIndex());
        assertOnlyDiffers(spoiled);
        assertThat(spoiled.observer().lines()).contains("differs at " + StateDigests.INTERVAL);
    }

    @Test
    void whoLagsBehindDoesNotDiffer() {
        TestCluster.Node leader = cluster.leader();
        write(leader, StateDigests.INTERVAL + 50, 1);
        untilAllAreEqual(leader);
        cluster.followers().getFirst().workers().holdDisk(true);
        write(leader, 5, 1);

        cluster.pass(UNTIL_COMPARED);

        assertThat(cluster.nodes).noneMatch(StateComparisonTest::differs);
    }

    /** Which of two is right cannot be told; the third tells. */
    @Test
    void ofTwoThatDifferNoneAccusesItself() {
        TestCluster.Node leader = cluster.leader();
        write(leader, 3, 1);
        untilAllAreEqual(leader);
        TestCluster.Node spoiled = cluster.followers().getFirst();
        TestCluster.Node away = cluster.followers().getLast();
        network().cut(away.id());
        spoiled.stateMachine().spoil();

        cluster.pass(UNTIL_COMPARED);

        assertThat(cluster.nodes).noneMatch(StateComparisonTest::differs);
        assertThat(leader.leads()).isTrue();

        network().heal(away.id());
        cluster.pass(UNTIL_COMPARED);

        assertOnlyDiffers(spoiled);
    }

    /** Whoever lags behind has no digest of the latest entry, and so does not say that it is another. */
    @Test
    void oneThatIsWrongDoesNotTakeOthersWithIt() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node spoiled = cluster.followers().getFirst();
        spoiled.stateMachine().spoil();
        write(leader, 50, 1);
        untilAllAreEqual(leader);
        cluster.followers().getLast().workers().holdDisk(true);
        write(leader, 5, 1);

        cluster.pass(UNTIL_COMPARED);

        assertThat(differs(leader)).isFalse();
        assertThat(leader.leads()).isTrue();
    }

    @Test
    void theStateOfTheLeaderSetsItRight() {
        TestCluster.Node leader = cluster.leader();
        TestCluster.Node spoiled = cluster.followers().getFirst();
        spoiled.stateMachine().spoil();
        write(leader, StateDigests.INTERVAL + 50, 1);
        untilAllAreEqual(leader);
        cluster.pass(UNTIL_COMPARED);
        assertOnlyDiffers(spoiled);

        network().cut(spoiled.id());
        while (leader.log().firstIndex() <= spoiled.log().lastIndex() + 1) {
            write(leader, 16, 1 << 14);
            cluster.pass(Duration.ofSeconds(1));
        }
        network().heal(spoiled.id());
        untilAllAreEqual(leader);
        cluster.pass(UNTIL_COMPARED);

        assertThat(cluster.nodes).noneMatch(StateComparisonTest::differs);
    }

    private LocalNetwork network() {
        return cluster.network;
    }
}
