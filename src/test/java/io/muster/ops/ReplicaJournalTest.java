package io.muster.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.LogLines;
import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;
import io.muster.raft.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplicaJournalTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId OTHER = new NodeId(2);

    @RegisterExtension
    private final LogLines lines = new LogLines(ReplicaJournal.class.getName());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReplicaJournal journal = new ReplicaJournal(meters);

    private static RaftStatus status(Role role, long term, @Nullable NodeId leader) {
        return new RaftStatus(SELF, role, term, leader, 7, 8, 9, false);
    }

    private double count(String meter) {
        return meters.get(meter).counter().count();
    }

    @Test
    void tellsTheWayToLeadershipAndBack() {
        RaftStatus follower = status(Role.FOLLOWER, 1, null);
        RaftStatus preCandidate = status(Role.PRE_CANDIDATE, 1, null);
        RaftStatus candidate = status(Role.CANDIDATE, 2, null);
        RaftStatus leader = status(Role.LEADER, 2, SELF);
        RaftStatus deposed = status(Role.FOLLOWER, 3, null);
        RaftStatus led = status(Role.FOLLOWER, 3, OTHER);
        journal.changed(follower, preCandidate);
        journal.changed(preCandidate, candidate);
        journal.changed(candidate, leader);
        journal.changed(leader, deposed);
        journal.changed(deposed, led);

        assertThat(lines.messages())
                .containsExactly(
                        "Stands for election: is a PRE_CANDIDATE in term 1",
                        "Stands for election: is a CANDIDATE in term 2",
                        "Leads in term 2",
                        "No longer leads; the term is 3",
                        "Follows node 2 in term 3");
        assertThat(count("raft.leader.changes")).isEqualTo(2);
    }

    @Test
    void aLeaderThatIsHeardOfAgainIsNoNews() {
        RaftStatus led = status(Role.FOLLOWER, 3, OTHER);
        RaftStatus lost = status(Role.FOLLOWER, 3, null);
        journal.changed(lost, led);
        journal.changed(led, lost);
        journal.changed(lost, led);

        assertThat(lines.messages()).containsExactly("Follows node 2 in term 3");
        assertThat(count("raft.leader.changes")).isEqualTo(1);
    }

    @Test
    void aNewTermAloneIsNoNews() {
        journal.changed(status(Role.FOLLOWER, 1, OTHER), status(Role.FOLLOWER, 2, null));

        assertThat(lines.messages()).isEmpty();
        assertThat(count("raft.leader.changes")).isZero();
    }

    @Test
    void tellsOfAFollowerThatDeniesWhatItAcknowledged() {
        journal.followerDenies(OTHER, 5);

        assertThat(lines.messages())
                .containsExactly(
                        "Node 2 denies what it had acknowledged, up to entry 5: its data were probably deleted, or"
                                + " put back from an old copy; sends it all of that again");
        assertThat(count("raft.followers.reset")).isEqualTo(1);
    }

    @Test
    void tellsOfAStateThatIsNotWhatTheOthersHave() {
        journal.stateDiffers(256);

        assertThat(lines.messages())
                .singleElement()
                .asString()
                .startsWith("The state behind entry 256 is not what a majority of the replicas has there");
    }

    @Test
    void tellsWhatBecomesOfSnapshots() {
        journal.snapshotTaken(OTHER, new LogStart(5, 1, 1), 1000);
        journal.snapshotSent(OTHER, new LogStart(5, 1, 1));
        journal.snapshotGivenUp(OTHER, "it was refused");
        journal.snapshotOffered(1000);
        journal.snapshotRefused("it is damaged");
        journal.snapshotInstalled(5);

        assertThat(lines.messages())
                .containsExactly(
                        "Node 2 is behind the start of the log; sends it the state up to entry 5, 1000 bytes",
                        "Node 2 has the state up to entry 5",
                        "Node 2 did not get the state: it was refused",
                        "Is behind the start of the leader's log; receives its state, 1000 bytes",
                        "Refuses the state it has received, and waits for another: it is damaged",
                        "The state is the one received, up to entry 5");
        assertThat(count("raft.snapshots.sent")).isEqualTo(1);
        assertThat(count("raft.snapshots.refused")).isEqualTo(1);
        assertThat(count("raft.snapshots.installed")).isEqualTo(1);
    }
}
