package io.muster.storage;

import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entryOf;
import static io.muster.storage.Fixtures.open;
import static io.muster.storage.Fixtures.openLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.storage.StorageException.Damaged;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Damage to a log that was cut, or reset: refused, or without effect on the entries. */
class LogStartDamageTest {

    private static final String START = "log/start";
    private static final String SECOND = "log/0000000000000002.wal";
    private static final StartPoint CUT =
            new StartPoint(new LogStart(3, 2, 1003), 2, SegmentHeader.BYTES, 4, 0x12345678);

    private final MemoryDisk disk = new MemoryDisk();

    /** Cut behind entry 3, in the middle of the second segment. */
    private List<Entry> cut() {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SMALL);
            log.append(entries(1, 1, 1));
            log.append(List.of(entryOf(2, 1, 900)));
            log.append(List.of(entryOf(3, 2, 90)));
            log.append(List.of(entryOf(4, 2, 90)));
            log.seal();
            log.cut(3);
            assertThat(disk.paths()).contains(SECOND).doesNotContain("log/0000000000000001.wal");
            return all(log);
        }
    }

    @Test
    void refusesAFlipOfEveryByteOfTheStart() throws Exception {
        cut();
        byte[] content = disk.content(START);
        for (int offset = 0; offset < content.length; offset++) {
            for (int bits : new int[] {0x01, 0xFF}) {
                byte[] changed = content.clone();
                changed[offset] ^= (byte) bits;
                assertRefused(changed);
            }
        }
    }

    @Test
    void refusesEveryOtherLengthOfTheStart() throws Exception {
        cut();
        byte[] content = disk.content(START);
        for (int length = 0; length <= 2 * content.length; length++) {
            if (length != content.length) {
                assertRefused(Arrays.copyOf(content, length));
            }
        }
    }

    private void assertRefused(byte[] content) {
        MemoryDisk damaged = disk.afterKill();
        damaged.replace(START, content);
        assertThatThrownBy(() -> openLog(damaged))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("log/start is damaged at offset");
    }

    @Test
    void refusesALogWhoseStartIsMissing() {
        cut();
        disk.remove(START);

        assertThatThrownBy(() -> openLog(disk))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("log/0000000000000001.wal is damaged at offset 0: this segment is missing");
    }

    @Test
    void refusesALogWhoseFirstSegmentIsMissing() {
        cut();
        disk.remove(SECOND);
        assertThatThrownBy(() -> openLog(disk.afterKill()))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("the log is missing");

        disk.replace("log/0000000000000001.wal", new byte[2048]);
        assertThatThrownBy(() -> openLog(disk.afterKill()))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(SECOND + " is damaged at offset 0: this segment is missing");
    }

    @Test
    void refusesOrKeepsAllAtAFlipOfEveryByteOfItsSegment() throws Exception {
        List<Entry> kept = cut();
        byte[] content = disk.content(SECOND);
        int refused = 0;
        int unread = 0;
        for (int offset = 0; offset < content.length; offset++) {
            byte[] changed = content.clone();
            changed[offset] ^= 0x10;
            MemoryDisk damaged = disk.afterKill();
            damaged.replace(SECOND, changed);
            try {
                assertThat(all(openLog(damaged))).isEqualTo(kept);
                unread++;
            } catch (Damaged e) {
                assertThat(e).hasMessageContaining(SECOND + " is damaged at offset ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(unread).as("what was cut may be damaged").isPositive();
    }

    @Test
    void refusesAStartThatItsSegmentDoesNotContinue() throws Exception {
        cut();
        StartPoint written = read(disk);
        List<UnaryOperator<StartPoint>> changes = List.of(
                point -> withOffset(point, point.offset() + 100),
                point -> withOffset(point, 1 << 20),
                point -> withOffset(point, SegmentHeader.BYTES),
                point -> new StartPoint(point.log(), 2, point.offset(), point.firstFrame() + 1, 0),
                point -> new StartPoint(
                        new LogStart(2, 1, 1002), 2, point.offset(), point.firstFrame(), point.previousChecksum()),
                point -> new StartPoint(
                        new LogStart(4, 2, 1004), 2, point.offset(), point.firstFrame(), point.previousChecksum()));
        for (UnaryOperator<StartPoint> change : changes) {
            MemoryDisk changed = disk.afterKill();
            write(changed, change.apply(written));
            assertThatThrownBy(() -> openLog(changed))
                    .as(change.apply(written).toString())
                    .isInstanceOf(Damaged.class);
        }
    }

    private static StartPoint withOffset(StartPoint point, int offset) {
        return new StartPoint(point.log(), point.segment(), offset, point.firstFrame(), point.previousChecksum());
    }

    @Test
    void readsBackWhatItWrote() {
        open(disk).openLog(0, SMALL);

        write(disk, CUT);

        assertThat(read(disk)).isEqualTo(CUT);
    }

    private static StartPoint read(MemoryDisk from) {
        StartPoint point = new LogStartFile(new FailStopDisk(from)).read();
        return Objects.requireNonNull(point);
    }

    private static void write(MemoryDisk to, StartPoint point) {
        new LogStartFile(new FailStopDisk(to)).write(point);
    }

    @Test
    void refusesALostSegmentOfAResetLog() {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SMALL);
            log.append(entries(1, 3, 1));
            log.reset(new LogStart(9, 1, 1009));
            log.append(entries(10, 11, 1));
        }
        disk.replace("log/0000000000000001.wal", new byte[2048]);
        disk.remove(SECOND);

        assertThatThrownBy(() -> openLog(disk))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(SECOND + " is damaged at offset 0: this segment is missing");
    }
}
