package io.muster.storage;

import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entryOf;
import static io.muster.storage.Fixtures.open;
import static io.muster.storage.Fixtures.openLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.muster.raft.Entry;
import io.muster.storage.StorageException.Damaged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damages every place of a small log in turn. It is refused, or holds just what was acknowledged. Only damage to the last
 * frame, when no seal stands behind it, may pass for an unsynced write, which loses that frame and nothing else.
 */
class LogDamageTest {

    private static final String FIRST = "log/0000000000000001.wal";
    private static final String SECOND = "log/0000000000000002.wal";
    private static final String LAST = "log/0000000000000003.wal";
    private static final int LAST_FRAME = 512;
    private static final int SEAL = 1536;

    /** A frame may fill a segment, so that only the seal tells damage to the last frame from a torn write. */
    private static final LogOptions LONG_FRAMES = new LogOptions(2048, 1536);

    private final List<Entry> acknowledged = new ArrayList<>();
    private final List<Entry> beforeLastFrame = new ArrayList<>();
    private int refused;
    private int recovered;
    private int cut;

    /** Three segments, with superseded entries in the first two, and the last frame, of two sectors, alone in the third. */
    private MemoryDisk written(LogOptions options, boolean sealed) {
        acknowledged.clear();
        beforeLastFrame.clear();
        MemoryDisk disk = new MemoryDisk();
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, options);
            log.append(entries(1, 2, 1));
            log.append(entries(3, 4, 1));
            log.append(entries(4, 5, 2));
            log.append(List.of(entryOf(6, 2, 800)));
            log.append(List.of(entryOf(5, 3, 90)));
            beforeLastFrame.addAll(all(log));
            log.append(List.of(entryOf(6, 3, 800)));
            acknowledged.addAll(all(log));
            if (sealed) {
                log.seal();
            }
        }
        return disk;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void survivesTruncationAtEveryByte(boolean sealed) throws IOException {
        forEachByte(written(LONG_FRAMES, sealed), 1, (content, offset) -> Arrays.copyOf(content, offset), sealed);

        assertThat(refused).isPositive();
        assertThat(recovered).as("no file is shorter than it was made").isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void survivesAFlipOfEveryByte(boolean sealed) throws IOException {
        MemoryDisk disk = written(LONG_FRAMES, sealed);
        forEachByte(disk, 1, (content, offset) -> xor(content, offset, 0xFF), sealed);
        forEachByte(disk, 1, (content, offset) -> xor(content, offset, 0x01), sealed);

        assertThat(refused).isPositive();
        assertThat(recovered).isPositive();
        assertThat(cut > 0).isEqualTo(!sealed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void survivesZerosInEverySector(boolean sealed) throws IOException {
        forEachByte(written(LONG_FRAMES, sealed), Sectors.BYTES, LogDamageTest::zeroSector, sealed);

        assertThat(refused).isPositive();
        assertThat(cut > 0).isEqualTo(!sealed);
    }

    private interface Damage {
        byte[] to(byte[] content, int offset);
    }

    private void forEachByte(MemoryDisk disk, int step, Damage damage, boolean sealed) throws IOException {
        for (String path : disk.paths()) {
            byte[] content = disk.content(path);
            for (int offset = 0; offset < content.length; offset += step) {
                MemoryDisk damaged = disk.afterKill();
                damaged.replace(path, damage.to(content, offset));
                boolean mayPassForTorn = !sealed && path.equals(LAST) && offset >= LAST_FRAME;
                check(damaged, path, mayPassForTorn);
            }
        }
    }

    private void check(MemoryDisk damaged, String path, boolean mayPassForTorn) {
        try (DataDirectory directory = open(damaged)) {
            List<Entry> found = all(directory.openLog(0, SMALL));
            if (found.equals(acknowledged)) {
                recovered++;
            } else if (mayPassForTorn && found.equals(beforeLastFrame)) {
                cut++;
            } else {
                fail("lost silently, by damage to %s: %s", path, found);
            }
        } catch (Damaged e) {
            assertThat(e)
                    .hasMessageContaining(path + " is damaged at offset ")
                    .hasMessageContaining("rejoin under a new identity");
            refused++;
        }
    }

    private static byte[] xor(byte[] content, int offset, int bits) {
        byte[] changed = content.clone();
        changed[offset] ^= (byte) bits;
        return changed;
    }

    private static byte[] zeroSector(byte[] content, int offset) {
        byte[] changed = content.clone();
        Arrays.fill(changed, offset, Math.min(content.length, offset + Sectors.BYTES), (byte) 0);
        return changed;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverReadsStaleFramesBehindTheTail(boolean sealed) throws IOException {
        MemoryDisk disk = written(new LogOptions(12288, 1024), sealed);
        List<byte[]> sources = new ArrayList<>(
                List.of(disk.content(FIRST), written(SMALL, true).content(FIRST)));
        MemoryDisk otherSalt = new MemoryDisk();
        try (DataDirectory directory = DataDirectory.open(otherSalt, Fixtures.IDENTITY, () -> 99)) {
            directory.openLog(0, SMALL).append(entries(1, 2, 9));
        }
        sources.add(otherSalt.content(FIRST));
        for (byte[] source : sources) {
            for (int from = 512; from < source.length; from += 512) {
                for (int to = from + 512; to <= source.length; to += 512) {
                    check(withStale(disk, Arrays.copyOfRange(source, from, to)), FIRST, false);
                }
            }
        }
        assertThat(refused).isPositive();
        assertThat(recovered).isPositive();
    }

    private static MemoryDisk withStale(MemoryDisk disk, byte[] stale) throws IOException {
        MemoryDisk damaged = disk.afterKill();
        byte[] content = damaged.content(FIRST);
        int tail = content.length;
        while (content[tail - 1] == 0) {
            tail--;
        }
        tail = Sectors.roundUp(tail);
        System.arraycopy(stale, 0, content, tail, Math.min(stale.length, content.length - tail));
        damaged.replace(FIRST, content);
        return damaged;
    }

    @Test
    void keepsATornTailAsideAndOverwritesItWithZeros() throws IOException {
        MemoryDisk disk = written(SMALL, false);
        byte[] content = disk.content(LAST);
        byte[] torn = xor(content, LAST_FRAME + 600, 0xFF);
        disk.replace(LAST, torn);

        assertThat(all(openLog(disk))).isEqualTo(beforeLastFrame);

        assertThat(disk.content(LAST + ".torn")).isEqualTo(Arrays.copyOfRange(torn, LAST_FRAME, SEAL));
        assertThat(disk.content(LAST))
                .containsExactly(Arrays.copyOf(Arrays.copyOf(content, LAST_FRAME), content.length));
        assertThat(all(openLog(disk.afterPowerLoss(1)))).isEqualTo(beforeLastFrame);
    }

    @Test
    void replacesWhatAnEarlierTornTailLeft() throws IOException {
        MemoryDisk disk = written(SMALL, false);
        disk.replace(LAST + ".torn", new byte[5000]);
        disk.replace(LAST, xor(disk.content(LAST), LAST_FRAME, 0xFF));

        openLog(disk);

        assertThat(disk.content(LAST + ".torn")).hasSize(SEAL - LAST_FRAME);
    }

    @Test
    void refusesRemainsLongerThanAFrame() throws IOException {
        MemoryDisk disk = written(SMALL, false);
        byte[] content = xor(disk.content(LAST), LAST_FRAME, 0xFF);
        disk.replace(LAST, xor(content, SEAL, 0xFF));

        assertDamaged(
                disk, 0, LAST + " is damaged at offset 512: what follows is not zeros, and longer than one frame");
    }

    @Test
    void refusesALostFirstSectorWithAFrameBehindIt() throws IOException {
        MemoryDisk disk = written(SMALL, true);
        disk.replace(LAST, zeroSector(disk.content(LAST), LAST_FRAME));

        assertDamaged(disk, 0, LAST + " is damaged at offset 512: frame 6 is not whole, and frame 7 stands behind it");
    }

    @Test
    void refusesADamagedFrameWithASegmentBehindIt() throws IOException {
        MemoryDisk disk = written(SMALL, true);
        disk.replace(SECOND, xor(disk.content(SECOND), 512, 0xFF));

        assertDamaged(disk, 0, SECOND + " is damaged at offset 512: a later segment stands behind a frame");
    }

    @Test
    void refusesAFrameThatContinuesAnotherHistory() throws IOException {
        MemoryDisk disk = history(1);
        byte[] content = disk.content(FIRST);
        System.arraycopy(history(2).content(FIRST), 1024, content, 1024, 512);
        disk.replace(FIRST, content);

        assertDamaged(
                disk, 0, FIRST + " is damaged at offset 1024: frame 2 is not whole, and frame 2 stands behind it");
    }

    /** Two frames in a segment whose salt is the same for every term. */
    private static MemoryDisk history(long term) {
        MemoryDisk disk = new MemoryDisk();
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SMALL);
            log.append(List.of(entryOf(1, term, 100)));
            log.append(List.of(entryOf(2, term, 100)));
        }
        return disk;
    }

    @Test
    void refusesALogThatLacksASegment() {
        for (String path : List.of(FIRST, SECOND)) {
            MemoryDisk disk = written(SMALL, true);
            disk.remove(path);
            assertDamaged(disk, 0, path + " is damaged at offset 0: this segment is missing");
        }
    }

    @Test
    void refusesASegmentUnderAnotherName() throws IOException {
        MemoryDisk disk = written(SMALL, true);
        disk.replace(SECOND, disk.content(LAST));

        assertDamaged(disk, 0, SECOND + " is damaged at offset 0: it is segment 3 under another name");
    }

    @Test
    void refusesALogThatEndsBeforeWhatWasApplied() throws IOException {
        MemoryDisk disk = written(SMALL, false);
        long last = acknowledged.getLast().index();
        byte[] before = xor(disk.content(LAST), LAST_FRAME, 0xFF);
        disk.replace(LAST, before);

        assertDamaged(disk, last, "the log ends at entry " + (last - 1) + ", and entry " + last + " has been applied");
        assertThat(disk.content(LAST)).as("nothing was changed").isEqualTo(before);
        assertThat(openLogAt(disk, last - 1).lastIndex()).isEqualTo(last - 1);
    }

    private static DurableLog openLogAt(MemoryDisk disk, long appliedIndex) {
        return open(disk).openLog(appliedIndex, SMALL);
    }

    private static void assertDamaged(MemoryDisk disk, long appliedIndex, String message) {
        try (DataDirectory directory = open(disk)) {
            assertThatThrownBy(() -> directory.openLog(appliedIndex, SMALL))
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining(message);
        }
    }
}
