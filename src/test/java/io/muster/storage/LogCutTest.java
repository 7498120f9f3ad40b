package io.muster.storage;

import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entry;
import static io.muster.storage.Fixtures.entryOf;
import static io.muster.storage.Fixtures.open;
import static io.muster.storage.Fixtures.openLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.TermStart;
import io.muster.storage.StorageException.Damaged;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LogCutTest {

    private static final String FIRST = "log/0000000000000001.wal";
    private static final String SECOND = "log/0000000000000002.wal";

    private final MemoryDisk disk = new MemoryDisk();
    private final DurableLog log = openLog(disk);

    private static LogStart startAt(long index, long term) {
        return new LogStart(index, term, 1000 + index);
    }

    private void assertSame(DurableLog expected) {
        for (int seed = 0; seed < 8; seed++) {
            DurableLog again = openLog(disk.afterPowerLoss(seed));
            assertThat(again.start()).isEqualTo(expected.start());
            assertThat(all(again)).isEqualTo(all(expected));
            assertThat(again.termStarts()).isEqualTo(expected.termStarts());
        }
    }

    @Test
    void startsAtTheVeryBeginningAtFirst() {
        assertThat(log.start()).isEqualTo(LogStart.ZERO);
        assertThat(open(disk.afterKill()).logStart()).isEqualTo(LogStart.ZERO);
    }

    @Test
    void forgetsEntriesUpToAnIndex() {
        log.append(entries(1, 3, 1));
        log.append(entries(4, 5, 2));

        log.cut(2);

        assertThat(log.start()).isEqualTo(startAt(2, 1));
        assertThat(log.firstIndex()).isEqualTo(3);
        assertThat(log.lastIndex()).isEqualTo(5);
        assertThat(log.termStarts()).containsExactly(new TermStart(3, 1), new TermStart(4, 2));
        assertThat(log.read(3, 5, 10_000)).startsWith(entry(3, 1)).endsWith(entry(5, 2));
        assertThatThrownBy(() -> log.read(2, 5, 10_000)).isInstanceOf(IllegalArgumentException.class);
        assertSame(log);
    }

    @Test
    void forgetsTheWholeOfATerm() {
        log.append(entries(1, 3, 1));
        log.append(entries(4, 5, 2));

        log.cut(3);

        assertThat(log.termStarts()).containsExactly(new TermStart(4, 2));
        assertSame(log);
    }

    @Test
    void forgetsAllThereIsAndGoesOn() {
        log.append(entries(1, 3, 7));

        log.cut(3);

        assertThat(log.lastIndex()).isEqualTo(3);
        assertThat(log.firstIndex()).isEqualTo(4);
        assertThat(log.termStarts()).isEmpty();
        assertSame(log);
        assertThatThrownBy(() -> log.append(entries(4, 4, 6))).hasMessageContaining("behind an entry of term 7");
        log.append(entries(4, 5, 7));
        assertThat(log.termStarts()).containsExactly(new TermStart(4, 7));
        assertSame(log);
    }

    @Test
    void goesOnAfterARestart() {
        log.append(entries(1, 4, 1));
        log.cut(2);
        MemoryDisk restarted = disk.afterKill();
        DurableLog again = openLog(restarted);

        again.append(entries(4, 9, 2));
        again.cut(5);

        DurableLog third = openLog(restarted.afterPowerLoss(1));
        assertThat(third.start()).isEqualTo(startAt(5, 2));
        assertThat(all(third)).isEqualTo(entries(6, 9, 2));
    }

    @Test
    void keepsSupersededEntriesOutOfALogCutInTheSameSegment() {
        log.append(entries(1, 4, 1));
        log.append(entries(2, 3, 2));
        log.cut(1);
        assertThat(all(log)).isEqualTo(entries(2, 3, 2));
        assertSame(log);

        log.append(entries(2, 6, 3));
        log.cut(3);
        assertThat(all(log)).isEqualTo(entries(4, 6, 3));
        assertSame(log);
    }

    @Test
    void deletesTheSegmentsThatHoldNoLaterEntryAndWhatWasKeptAsideOfThem() {
        log.append(List.of(entryOf(1, 1, 900)));
        log.append(List.of(entryOf(2, 1, 900)));
        disk.replace(FIRST + TornTail.ASIDE, new byte[100]);

        log.cut(1);

        assertThat(disk.paths()).containsExactly("identity", SECOND, "log/start", "vote");
    }

    @Test
    void keepsASegmentWithALaterEntry() {
        log.append(entries(1, 3, 1));

        log.cut(2);

        assertThat(disk.paths()).contains(FIRST);
    }

    @Test
    void makesTheStartDurableBeforeItDeletes() {
        log.append(List.of(entryOf(1, 1, 900)));
        log.append(List.of(entryOf(2, 1, 900)));
        int before = disk.journal().size();

        log.cut(1);

        assertThat(disk.journal().subList(before, disk.journal().size()))
                .containsExactly(
                        "create log/start.tmp",
                        "write log/start.tmp",
                        "sync log/start.tmp",
                        "rename log/start",
                        "sync directory log",
                        "delete " + FIRST);
    }

    @Test
    void removesTheSegmentsThatACrashKeptFromBeingDeleted() throws Exception {
        log.append(List.of(entryOf(1, 1, 900)));
        log.append(List.of(entryOf(2, 1, 900)));
        byte[] first = disk.content(FIRST);
        log.cut(1);
        disk.replace(FIRST, first);

        assertThat(all(openLog(disk.afterKill()))).containsExactly(entryOf(2, 1, 900));
        MemoryDisk restarted = disk.afterKill();
        openLog(restarted);
        assertThat(restarted.paths()).doesNotContain(FIRST);
    }

    @Test
    void doesNothingForACutThatWasMade() {
        log.append(entries(1, 3, 1));
        log.cut(2);
        int before = disk.journal().size();

        log.cut(2);
        log.cut(1);
        log.cut(0);

        assertThat(disk.journal()).hasSize(before);
    }

    @Test
    void refusesToCutWhatItDoesNotHave() {
        log.append(entries(1, 3, 1));

        assertThatThrownBy(() -> log.cut(4)).isInstanceOf(IllegalArgumentException.class);
        assertThat(all(log)).isEqualTo(entries(1, 3, 1));
    }

    @Test
    void neverGoesBelowItsStart() {
        log.append(entries(1, 3, 1));
        log.cut(2);

        assertThatThrownBy(() -> log.append(entries(2, 3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry 2 does not follow on entries 3 to 3");
        log.append(entries(3, 3, 4));
        assertSame(log);
    }

    @Test
    void startsAnewBehindASnapshot() {
        log.append(entries(1, 6, 1));
        log.append(List.of(entryOf(7, 1, 900)));

        log.reset(startAt(500, 3));

        assertThat(log.start()).isEqualTo(startAt(500, 3));
        assertThat(log.firstIndex()).isEqualTo(501);
        assertThat(log.lastIndex()).isEqualTo(500);
        assertThat(log.termStarts()).isEmpty();
        assertThat(disk.paths()).containsExactly("identity", "log/0000000000000003.wal", "log/start", "vote");
        assertSame(log);
    }

    @Test
    void goesOnBehindASnapshot() {
        log.append(entries(1, 6, 1));
        log.reset(startAt(500, 3));

        log.append(entries(501, 520, 3));
        log.cut(510);

        assertThat(all(log)).isEqualTo(entries(511, 520, 3));
        assertSame(log);
    }

    @Test
    void startsAnewBehindAnEntryThatItHadOfAnotherTerm() {
        log.append(entries(1, 6, 1));

        log.reset(startAt(4, 2));

        assertThat(all(log)).isEmpty();
        log.append(entries(5, 5, 2));
        assertSame(log);
    }

    @Test
    void doesNotGoBackToAnEarlierStart() {
        log.append(entries(1, 6, 1));
        log.cut(5);

        for (LogStart earlier : List.of(LogStart.ZERO, startAt(4, 1))) {
            assertThatThrownBy(() -> log.reset(earlier)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(all(log)).isEqualTo(entries(6, 6, 1));
    }

    @Test
    void tellsItsStartBeforeTheLogIsOpen() {
        log.append(entries(1, 6, 1));
        log.reset(startAt(500, 3));

        DataDirectory again = open(disk.afterPowerLoss(1));
        assertThat(again.logStart()).isEqualTo(startAt(500, 3));
        again.openLog(500, SMALL).append(entries(501, 501, 3));
        assertThat(again.logStart()).isEqualTo(startAt(500, 3));
    }

    @Test
    void raisesTheTermToThatOfItsStart() {
        log.append(entries(1, 6, 1));
        log.reset(startAt(500, 3));

        DataDirectory again = open(disk.afterKill());
        again.openLog(500, SMALL);
        assertThat(again.vote()).isEqualTo(new Vote(3, null));
    }

    @Test
    void refusesAStateThatIsBehindItsStart() {
        log.append(entries(1, 6, 1));
        log.cut(4);

        DataDirectory again = open(disk.afterKill());
        assertThatThrownBy(() -> again.openLog(3, SMALL))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("log/start is damaged at offset 0: the log starts behind entry 4, and no later "
                        + "one than 3 has been applied");
    }

    @Test
    void takesBoundedRoomHoweverLongItLives() {
        int most = 0;
        for (long index = 1; index <= 3000; index++) {
            log.append(List.of(entryOf(index, 1, 300)));
            if (index % 7 == 0) {
                log.cut(index - 3);
            }
            most = Math.max(most, disk.paths().size());
        }

        assertThat(most)
                .as("identity, vote, start, and few segments of three sectors")
                .isLessThanOrEqualTo(13);
        assertSame(log);
    }

    @Test
    void closesNoSegmentUnderAReader() throws Exception {
        log.append(List.of(entryOf(1, 1, 900)));
        log.append(List.of(entryOf(2, 1, 900)));
        Thread cutter = Thread.ofPlatform().unstarted(() -> log.cut(1));
        disk.beforeNextRead(() -> {
            cutter.start();
            while (cutter.getState() != Thread.State.WAITING && cutter.isAlive()) {
                Thread.onSpinWait();
            }
        });

        assertThat(log.read(1, 1, 1)).containsExactly(entryOf(1, 1, 900));

        cutter.join();
        assertThat(disk.paths()).doesNotContain(FIRST);
    }

    @Test
    void readsBesideCuts() throws Exception {
        log.append(List.of(entryOf(1, 1, 300)));
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<Integer> refusals = reader.submit(() -> readUntil(400));
            for (long index = 2; index <= 400; index++) {
                log.append(List.of(entryOf(index, 1, 300)));
                log.cut(index - 1);
            }
            assertThat(refusals.get()).isNotNegative();
        }
    }

    /** Every read is whole, or refused because of a cut. */
    private int readUntil(long last) {
        int refusals = 0;
        for (long found = 0; found < last; found = log.lastIndex()) {
            long first = log.firstIndex();
            try {
                assertThat(log.read(first, first, 1)).containsExactly(entryOf(first, 1, 300));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("are not all in");
                refusals++;
            }
        }
        return refusals;
    }

    @Test
    void refusesToReadTheEntriesOfBeforeAReset() {
        List<Entry> before = entries(1, 6, 1);
        log.append(before);
        log.reset(startAt(3, 2));

        assertThatThrownBy(() -> log.read(4, 6, 1000)).isInstanceOf(IllegalArgumentException.class);
    }
}
