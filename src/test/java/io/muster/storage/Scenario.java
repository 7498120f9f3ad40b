package io.muster.storage;

import static io.muster.storage.Fixtures.NODE_1;
import static io.muster.storage.Fixtures.NODE_2;
import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entryOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Entry;
import io.muster.raft.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of a data directory: first start, votes, appends, supersedes, roll-overs, seals. Keeps what was acknowledged,
 * and what was under way when the disk failed.
 */
final class Scenario {

    private List<Entry> entries = List.of();
    private List<Entry> entriesUnderWay = List.of();
    private Vote vote = new Vote(0, null);
    private Vote voteUnderWay = vote;
    private @Nullable DataDirectory directory;
    private @Nullable DurableLog log;

    /** Runs to the end, or to the first failure of the disk, which it throws. */
    void run(Disk disk) {
        DataDirectory opened = Fixtures.open(disk);
        directory = opened;
        DurableLog openedLog = opened.openLog(0, SMALL);
        log = openedLog;
        save(opened, 1, NODE_1);
        append(openedLog, entries(1, 2, 1));
        append(openedLog, entries(3, 4, 1));
        save(opened, 2, null);
        append(openedLog, entries(4, 5, 2));
        openedLog.seal();
        append(openedLog, List.of(entryOf(6, 2, 800)));
        save(opened, 3, NODE_2);
        append(openedLog, List.of(entryOf(5, 3, 600)));
        append(openedLog, entries(6, 14, 3));
        openedLog.seal();
        append(openedLog, entries(13, 13, 3));
    }

    private void append(DurableLog target, List<Entry> batch) {
        entriesUnderWay = batch;
        target.append(batch);
        entries = superseded(batch, batch.size());
        entriesUnderWay = List.of();
    }

    private void save(DataDirectory target, long term, @Nullable NodeId votedFor) {
        voteUnderWay = new Vote(term, votedFor);
        target.saveVote(voteUnderWay);
        vote = voteUnderWay;
    }

    private List<Entry> superseded(List<Entry> batch, int count) {
        List<Entry> result =
                new ArrayList<>(entries.subList(0, (int) batch.getFirst().index() - 1));
        result.addAll(batch.subList(0, count));
        return result;
    }

    @Nullable
    DataDirectory directory() {
        return directory;
    }

    @Nullable
    DurableLog log() {
        return log;
    }

    /** Checks a disk as the next start finds it: what was acknowledged, and perhaps of what was under way. */
    Found requireKept(Disk disk) {
        Found found = Found.on(disk);
        assertThat(found.vote).isIn(vote, voteUnderWay);
        List<List<Entry>> possible = new ArrayList<>(List.of(entries));
        for (int count = 1; count <= entriesUnderWay.size(); count++) {
            possible.add(superseded(entriesUnderWay, count));
        }
        assertThat(found.entries).isIn(possible);
        return found;
    }

    /**
     * What a start reports, and so promises to keep.
     *
     * @param vote the vote
     * @param entries all of the log
     */
    record Found(Vote vote, List<Entry> entries) {

        /** Starts on the disk, and leaves it without a clean stop. */
        static Found on(Disk disk) {
            DataDirectory directory = Fixtures.open(disk);
            DurableLog log = directory.openLog(0, SMALL);
            return new Found(directory.vote(), all(log));
        }
    }
}
