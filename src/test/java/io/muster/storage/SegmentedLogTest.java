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
import io.muster.raft.TermStart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SegmentedLogTest {

    private final MemoryDisk disk = new MemoryDisk();
    private final DurableLog log = openLog(disk);

    @Test
    void beginsEmpty() {
        assertThat(log.firstIndex()).isEqualTo(1);
        assertThat(log.lastIndex()).isZero();
        assertThat(log.termStarts()).isEmpty();
        assertThat(disk.paths()).containsExactly("identity", "log/0000000000000001.wal", "vote");
    }

    @Test
    void readsWhatWasAppended() {
        log.append(entries(1, 4, 1));
        log.append(entries(5, 6, 1));

        assertThat(log.lastIndex()).isEqualTo(6);
        assertThat(all(log)).isEqualTo(entries(1, 6, 1));
        assertThat(log.read(2, 5, Integer.MAX_VALUE)).isEqualTo(entries(2, 5, 1));
    }

    @Test
    void makesABatchDurableByOneWriteAndOneSync() {
        int before = disk.journal().size();

        log.append(entries(1, 4, 1));

        assertThat(disk.journal().subList(before, disk.journal().size()))
                .containsExactly("write log/0000000000000001.wal", "sync log/0000000000000001.wal");
    }

    @Test
    void doesNothingForAnEmptyBatch() {
        int before = disk.journal().size();

        log.append(List.of());

        assertThat(disk.journal()).hasSize(before);
    }

    @Test
    void supersedesTheTailWithAShorterOne() {
        log.append(entries(1, 4, 1));
        log.append(entries(5, 7, 1));

        log.append(entries(3, 4, 2));

        List<Entry> expected = new ArrayList<>(entries(1, 2, 1));
        expected.addAll(entries(3, 4, 2));
        assertThat(all(log)).isEqualTo(expected);
        assertThat(log.termStarts()).containsExactly(new TermStart(1, 1), new TermStart(3, 2));
        assertThat(all(openLog(disk.afterPowerLoss(1)))).isEqualTo(expected);
    }

    @Test
    void supersedesByOneWriteAndOneSync() {
        log.append(entries(1, 4, 1));
        int before = disk.journal().size();

        log.append(entries(2, 3, 2));

        assertThat(disk.journal().subList(before, disk.journal().size()))
                .containsExactly("write log/0000000000000001.wal", "sync log/0000000000000001.wal");
    }

    @Test
    void supersedesAllThereIs() {
        log.append(entries(1, 3, 1));

        log.append(entries(1, 1, 4));

        assertThat(all(log)).isEqualTo(entries(1, 1, 4));
        assertThat(log.termStarts()).containsExactly(new TermStart(1, 4));
    }

    @Test
    void keepsTheStartOfEachTerm() {
        log.append(entries(1, 2, 1));
        log.append(entries(3, 4, 3));
        log.append(entries(5, 5, 3));
        log.append(entries(6, 6, 7));

        TermStart[] expected = {new TermStart(1, 1), new TermStart(3, 3), new TermStart(6, 7)};
        assertThat(log.termStarts()).containsExactly(expected);
        assertThat(openLog(disk.afterPowerLoss(1)).termStarts()).containsExactly(expected);
    }

    @Test
    void refusesAGap() {
        log.append(entries(1, 3, 1));

        assertRefused(entries(5, 5, 1), "entry 5 does not follow on entries 1 to 3");
    }

    @Test
    void refusesEntriesThatAreNotConsecutive() {
        assertRefused(List.of(entry(1, 1), entry(3, 1)), "entry 3 stands where entry 2 is due");
    }

    @Test
    void refusesTermsThatDecrease() {
        log.append(entries(1, 3, 5));

        assertRefused(List.of(entry(4, 6), entry(5, 5)), "entry 5 has term 5, behind an entry of term 6");
        assertRefused(List.of(entry(4, 4)), "entry 4 has term 4, behind an entry of term 5");
        assertRefused(List.of(entry(2, 4)), "entry 2 has term 4, behind an entry of term 5");
    }

    @Test
    void refusesAnEntryLongerThanAFrameBeforeItWritesAny() {
        int overhead = FrameHeader.BYTES + 29;

        assertRefused(List.of(entry(1, 1), entryOf(2, 1, 1025 - overhead)), "too long for a frame of 1024");
        log.append(List.of(entry(1, 1), entryOf(2, 1, 1024 - overhead)));
        assertThat(log.lastIndex()).isEqualTo(2);
    }

    private void assertRefused(List<Entry> entries, String message) {
        List<Entry> before = all(log);
        int operations = disk.journal().size();
        assertThatThrownBy(() -> log.append(entries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(all(log)).isEqualTo(before);
        assertThat(disk.journal()).hasSize(operations);
    }

    @Test
    void splitsABatchThatIsLongerThanAFrame() {
        log.append(entries(1, 40, 1));

        assertThat(all(log)).isEqualTo(entries(1, 40, 1));
        assertThat(all(openLog(disk.afterPowerLoss(1)))).isEqualTo(entries(1, 40, 1));
    }

    @Test
    void limitsAReadInBytesButAnswersOneEntryAtLeast() {
        log.append(entries(1, 9, 1));
        int three = entry(2, 1).size() + entry(3, 1).size() + entry(4, 1).size();

        assertThat(log.read(2, 9, three)).isEqualTo(entries(2, 4, 1));
        assertThat(log.read(2, 9, three - 1)).isEqualTo(entries(2, 3, 1));
        assertThat(log.read(2, 9, 0)).isEqualTo(entries(2, 2, 1));
    }

    @Test
    void refusesToReadWhatItDoesNotHave() {
        log.append(entries(1, 3, 1));

        for (long[] range : new long[][] {{0, 2}, {1, 4}, {3, 2}, {4, 4}}) {
            assertThatThrownBy(() -> log.read(range[0], range[1], 1000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("are not all in 1 to 3");
        }
    }

    @Test
    void rollsOverToASegmentThatIsDurableBeforeItIsUsed() {
        log.append(List.of(entryOf(1, 1, 900)));
        int before = disk.journal().size();

        log.append(List.of(entryOf(2, 1, 900)));

        String next = "log/0000000000000002.wal";
        assertThat(disk.journal().subList(before, disk.journal().size()))
                .containsExactly(
                        "create " + next + ".tmp",
                        "write " + next + ".tmp",
                        "write " + next + ".tmp",
                        "sync " + next + ".tmp",
                        "rename " + next,
                        "sync directory log",
                        "write " + next,
                        "sync " + next);
    }

    @Test
    void keepsTheSizesASegmentWasMadeWith() {
        log.append(entries(1, 3, 1));
        MemoryDisk restarted = disk.afterKill();
        DurableLog larger = open(restarted).openLog(0, new LogOptions(8192, 4096));

        larger.append(List.of(entryOf(4, 1, 2000)));

        assertThat(all(larger)).startsWith(entry(1, 1)).endsWith(entryOf(4, 1, 2000));
        assertThat(all(openLog(restarted.afterPowerLoss(1)))).isEqualTo(all(larger));
    }

    @Test
    void sealsOnceBehindTheLastFrame() {
        log.seal();
        int empty = disk.journal().size();
        log.append(entries(1, 1, 1));
        log.seal();
        int sealed = disk.journal().size();
        log.seal();

        assertThat(sealed - empty).isEqualTo(4);
        assertThat(disk.journal()).hasSize(sealed);
    }

    @Test
    void remembersItsSealAndGoesOnBehindIt() {
        log.append(entries(1, 1, 1));
        log.seal();
        MemoryDisk restarted = disk.afterKill();
        DurableLog again = openLog(restarted);
        int before = restarted.journal().size();

        again.seal();
        assertThat(restarted.journal()).hasSize(before);
        again.append(entries(2, 2, 1));
        assertThat(all(openLog(restarted.afterPowerLoss(1)))).isEqualTo(entries(1, 2, 1));
    }

    @Test
    void refusesToReadAFrameThatWasDamagedSince() throws Exception {
        log.append(entries(1, 3, 1));
        try (Disk.File file = disk.open("log/0000000000000001.wal")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 600);
        }

        assertThatThrownBy(() -> log.read(1, 1, 1000))
                .isInstanceOf(StorageException.Damaged.class)
                .hasMessageContaining("log/0000000000000001.wal is damaged at offset 512");
    }

    @Test
    void refusesToReadAnEarlierFrameCopiedOverAnother() throws Exception {
        log.append(List.of(entryOf(1, 1, 100)));
        log.append(List.of(entryOf(1, 2, 100)));
        String path = "log/0000000000000001.wal";
        try (Disk.File file = disk.open(path)) {
            file.write(ByteBuffer.wrap(disk.content(path), 512, 512), 1024);
        }

        assertThatThrownBy(() -> log.read(1, 1, 1000))
                .isInstanceOf(StorageException.Damaged.class)
                .hasMessageContaining("log/0000000000000001.wal is damaged at offset 1024");
    }

    @Test
    void readsBesideAppends() throws Exception {
        log.append(shortEntries(1, 1));
        int lastTerm = 60;
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            Callable<Integer> reader = () -> readUntilTerm(lastTerm);
            List<Future<Integer>> reads = List.of(readers.submit(reader), readers.submit(reader));
            for (int term = 2; term <= lastTerm; term++) {
                log.append(shortEntries(6 + term % 11, term));
            }
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
        }
    }

    /** Every read is of one moment: of entries 6 to 20, those from some index on have one term, never an older. */
    private int readUntilTerm(int lastTerm) {
        int count = 0;
        long newest = 1;
        while (newest < lastTerm) {
            List<Entry> read = log.read(1, 20, Integer.MAX_VALUE);
            assertThat(read).hasSize(20);
            long before = 1;
            for (Entry entry : read) {
                assertThat(entry).isEqualTo(entryOf(entry.index(), entry.term(), 20));
                assertThat(entry.term()).isGreaterThanOrEqualTo(before);
                before = entry.term();
            }
            assertThat(before).as("no superseded entry comes back").isGreaterThanOrEqualTo(newest);
            newest = before;
            count++;
        }
        return count;
    }

    private static List<Entry> shortEntries(long from, long term) {
        return LongStream.rangeClosed(from, 20)
                .mapToObj(index -> entryOf(index, term, 20))
                .toList();
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatThrownBy(() -> new LogOptions(1000, 512)).hasMessageContaining("segmentBytes is a positive multiple");
        assertThatThrownBy(() -> new LogOptions(1024, 0)).hasMessageContaining("maxFrameBytes is a positive multiple");
        assertThatThrownBy(() -> new LogOptions(1024, 1024)).hasMessageContaining("has no room for its header");
        assertThatThrownBy(() -> new LogOptions(512 << 20, 1024)).hasMessageContaining("segmentBytes is at most");
        assertThat(SMALL.segmentBytes()).isEqualTo(2048);
    }
}
