package io.muster.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.RaftStatus;
import io.muster.raft.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReplicaJournalTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId OTHER = new NodeId(2);

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReplicaJournal.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ReplicaJournal journal = new ReplicaJournal(meters);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private static RaftStatus status(Role role, long term, @Nullable NodeId leader) {
        return new RaftStatus(SELF, role, term, leader, 7, 8, 9, false);
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
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

        assertThat(lines())
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

        assertThat(lines()).containsExactly("Follows node 2 in term 3");
        assertThat(count("raft.leader.changes")).isEqualTo(1);
    }

    @Test
    void aNewTermAloneIsNoNews() {
        journal.changed(status(Role.FOLLOWER, 1, OTHER), status(Role.FOLLOWER, 2, null));

        assertThat(lines()).isEmpty();
        assertThat(count("raft.leader.changes")).isZero();
    }

    @Test
    void tellsOfAFollowerThatDeniesWhatItAcknowledged() {
        journal.followerDenies(OTHER, 5);

        assertThat(lines())
                .containsExactly(
                        "Node 2 denies what it had acknowledged, up to entry 5: its data were probably deleted, or"
                                + " put back from an old copy; sends it all of that again");
        assertThat(count("raft.followers.reset")).isEqualTo(1);
    }

    @Test
    void tellsOfAStateThatIsNotWhatTheOthersHave() {
        journal.stateDiffers(256);

        assertThat(lines())
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

        assertThat(lines())
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
