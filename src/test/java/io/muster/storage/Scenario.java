package io.muster.storage;

import static io.muster.storage.Fixtures.NODE_1;
import static io.muster.storage.Fixtures.NODE_2;
import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entryOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One life of a data directory, from its first start. Keeps what was acknowledged, and what was under way when the disk
 * failed.
 */
final class Scenario {

    /** What happens in it. */
    enum Life {
        /** Votes, appends, supersedes, roll-overs, seals. */
        APPENDS,
        /** The log is cut, and reset, in between. */
        CUTS
    }

    /**
     * A log.
     *
     * @param start behind which entry it starts
     * @param entries all it has
     */
    record State(LogStart start, List<Entry> entries) {

        static State of(DurableLog log) {
            return new State(log.start(), all(log));
        }

        State superseded(List<Entry> batch, int count) {
            long kept = batch.getFirst().index() - 1 - start.index();
            List<Entry> result = new ArrayList<>(entries.subList(0, (int) kept));
            result.addAll(batch.subList(0, count));
            return new State(start, result);
        }

        State cut(LogStart next) {
            return new State(
                    next,
                    entries.stream()
                            .filter(entry -> entry.index() > next.index())
                            .toList());
        }
    }

    private final Life life;
    private State state = new State(LogStart.ZERO, List.of());
    private List<State> underWay = List.of();
    private Vote vote = new Vote(0, null);
    private Vote voteUnderWay = vote;
    private @Nullable DataDirectory directory;
    private @Nullable DurableLog log;

    Scenario(Life life) {
        this.life = life;
    }

    /** Runs to the end, or to the first failure of the disk, which it throws. */
    void run(Disk disk) {
        switch (life) {
            case APPENDS -> appends(disk);
            case CUTS -> cuts(disk);
        }
    }

    private void appends(Disk disk) {
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

    private void cuts(Disk disk) {
        DataDirectory opened = Fixtures.open(disk);
        directory = opened;
        DurableLog openedLog = opened.openLog(0, SMALL);
        log = openedLog;
        save(opened, 1, NODE_1);
        append(openedLog, entries(1, 2, 1));
        cut(openedLog, 1);
        append(openedLog, entries(3, 4, 1));
        save(opened, 3, NODE_2);
        append(openedLog, entries(4, 6, 2));
        append(openedLog, List.of(entryOf(7, 2, 800)));
        append(openedLog, List.of(entryOf(8, 2, 90)));
        cut(openedLog, 6);
        append(openedLog, List.of(entryOf(8, 3, 800)));
        cut(openedLog, 8);
        append(openedLog, entries(9, 10, 3));
        openedLog.seal();
        reset(openedLog, new LogStart(40, 3, 1040));
        append(openedLog, entries(41, 43, 3));
        save(opened, 4, NODE_2);
        reset(openedLog, new LogStart(42, 4, 1042));
        append(openedLog, entries(43, 44, 4));
        cut(openedLog, 43);
        append(openedLog, entries(45, 45, 4));
    }

    private void append(DurableLog target, List<Entry> batch) {
        List<State> possible = new ArrayList<>();
        for (int count = 1; count <= batch.size(); count++) {
            possible.add(state.superseded(batch, count));
        }
        change(possible, () -> target.append(batch));
    }

    private void cut(DurableLog target, long index) {
        Entry last = state.entries.get((int) (index - state.start.index() - 1));
        LogStart next = new LogStart(index, last.term(), last.timeMillis());
        change(List.of(state.cut(next)), () -> target.cut(index));
    }

    private void reset(DurableLog target, LogStart next) {
        change(List.of(new State(next, List.of())), () -> target.reset(next));
    }

    /** The last of what is possible is the outcome. */
    private void change(List<State> possible, Runnable work) {
        underWay = possible;
        work.run();
        state = possible.getLast();
        underWay = List.of();
        assertThat(State.of(Objects.requireNonNull(log))).isEqualTo(state);
    }

    private void save(DataDirectory target, long term, @Nullable NodeId votedFor) {
        voteUnderWay = new Vote(term, votedFor);
        target.saveVote(voteUnderWay);
        vote = voteUnderWay;
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
        List<State> possible = new ArrayList<>(List.of(state));
        possible.addAll(underWay);
        assertThat(found.log).isIn(possible);
        return found;
    }

    /**
     * What a start reports, and so promises to keep.
     *
     * @param vote the vote
     * @param log the log
     */
    record Found(Vote vote, State log) {

        /** Starts on the disk, and leaves it without a clean stop. */
        static Found on(Disk disk) {
            DataDirectory directory = Fixtures.open(disk);
            DurableLog log = directory.openLog(directory.logStart().index(), SMALL);
            return new Found(directory.vote(), State.of(log));
        }
    }
}
