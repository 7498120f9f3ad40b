package io.muster.storage;

import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entryOf;
import static io.muster.storage.Fixtures.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.raft.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole logs out of bytes that nobody wrote, up to those whose every checksum is right. */
class HostileSegmentsTest {

    private static final int ROUNDS = 2_000;
    private static final String FIRST = "log/0000000000000001.wal";
    private static final String LAST = "log/0000000000000002.wal";

    /** Seven sectors for frames in a segment, and frames of two sectors at most. */
    private static final LogOptions SIZES = new LogOptions(4096, 1024);

    /** Offsets of the version, and of the 4-byte words behind it, in a segment's header. */
    private static final int[] FIELDS = {8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52};

    /** What the log held after each write. */
    private final List<List<Entry>> states = new ArrayList<>();

    /** Two segments; in the last one two frames, the second without a seal behind it. */
    private final MemoryDisk written = written();

    private MemoryDisk written() {
        MemoryDisk disk = new MemoryDisk();
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SIZES);
            for (List<Entry> batch : List.of(
                    entries(1, 2, 1),
                    entries(3, 4, 1),
                    List.of(entryOf(4, 2, 900)),
                    entries(5, 6, 2),
                    entries(6, 7, 3),
                    List.of(entryOf(8, 3, 400)),
                    List.of(entryOf(8, 4, 60)),
                    entries(9, 10, 4))) {
                log.append(batch);
                states.add(all(log));
            }
        }
        assertThat(disk.paths()).filteredOn(path -> path.startsWith("log/")).containsExactly(FIRST, LAST);
        return disk;
    }

    @Test
    void aLogThatWasChangedIsRefusedOrLosesNoMoreThanAnUnsyncedWrite() {
        List<List<Entry>> allowed = states.subList(states.size() - 2, states.size());
        Rounds.run("LogRecovery", ROUNDS, random -> {
            MemoryDisk disk = written.afterKill();
            String path = random.nextBoolean() ? FIRST : LAST;
            byte[] content = disk.content(path);
            Mutations mutations = new Mutations(random, List.of(content));
            disk.replace(path, random.nextInt(8) == 0 ? mutations.change(content) : sectorChanged(content, mutations));
            List<Entry> found = recovered(disk);
            assertThat(found == null || allowed.contains(found))
                    .as("refused, or what was acknowledged but for one unsynced write, not %s", found)
                    .isTrue();
            return found != null;
        });
    }

    /** No two frames share a sector. */
    private static byte[] sectorChanged(byte[] content, Mutations mutations) {
        int at = Math.floorMod(mutations.number(), content.length / Sectors.BYTES) * Sectors.BYTES;
        byte[] sector = mutations.changeInPlace(Arrays.copyOfRange(content, at, at + Sectors.BYTES));
        System.arraycopy(sector, 0, content, at, sector.length);
        return content;
    }

    @Test
    void damageToTheBodiesOfTheLastTwoFramesIsNoUnsyncedWrite() throws IOException {
        MemoryDisk disk = written.afterKill();
        byte[] content = disk.content(LAST);
        List<Integer> frames = framesOf(ByteBuffer.wrap(content));
        for (int frame : frames.subList(frames.size() - 2, frames.size())) {
            content[frame + FrameHeader.BYTES] ^= 1;
        }
        disk.replace(LAST, content);

        assertThat(recovered(disk)).isNull();
    }

    @Test
    void framesThatWereChangedUnderTheirChecksumsAreRefusedOrReadAlike() {
        Rounds.run("LogRecovery under checksums", ROUNDS, random -> {
            MemoryDisk disk = written.afterKill();
            changeFrame(disk, random);
            List<Entry> found = recovered(disk);
            if (found == null) {
                return false;
            }
            assertThat(recovered(disk)).as("a second start finds the same").isEqualTo(found);
            return true;
        });
    }

    @Test
    void headersThatWereChangedUnderTheirChecksumAreRefusedOrReadAlike() {
        Rounds.run("LogRecovery, headers under checksums", ROUNDS, random -> {
            MemoryDisk disk = written.afterKill();
            byte[] content = disk.content(LAST);
            ByteBuffer fields = ByteBuffer.wrap(content, Long.BYTES, 48);
            Mutations mutations = new Mutations(random, List.of(content));
            int field = FIELDS[random.nextInt(FIELDS.length)];
            fields.putInt(field, (int) mutations.number());
            byte[] header = Reseal.segmentHeader(Arrays.copyOf(content, SegmentHeader.BYTES));
            System.arraycopy(header, 0, content, 0, header.length);
            int length = fields.getInt(12);
            boolean sized = length > 0 && length < 1 << 20 && random.nextBoolean();
            disk.replace(LAST, sized ? Arrays.copyOf(content, length) : content);
            return recovered(disk) != null;
        });
    }

    @Test
    void aSealThatCarriesEntriesIsRefused() throws IOException {
        MemoryDisk disk = written.afterKill();
        byte[] content = disk.content(LAST);
        ByteBuffer buffer = ByteBuffer.wrap(content);
        int last = framesOf(buffer).getLast();
        buffer.putInt(last + 28, FrameHeader.SEAL);
        disk.replace(LAST, Reseal.frame(content, last, buffer.getInt(last)));

        assertThat(recovered(disk)).isNull();
    }

    @Test
    void aFrameThatIsLongerThanItsSegmentAllowsIsRefused() throws IOException {
        MemoryDisk disk = written.afterKill();
        byte[] content = disk.content(LAST);
        ByteBuffer buffer = ByteBuffer.wrap(content);
        int first = framesOf(buffer).getFirst();
        buffer.putInt(16, buffer.getInt(first) / Sectors.BYTES * Sectors.BYTES);
        byte[] header = Reseal.segmentHeader(Arrays.copyOf(content, SegmentHeader.BYTES));
        System.arraycopy(header, 0, content, 0, header.length);
        disk.replace(LAST, content);

        assertThat(buffer.getInt(first)).isGreaterThan(buffer.getInt(16));
        assertThat(recovered(disk)).isNull();
    }

    /** Changes a frame of the last segment and chains those behind it to what it has become. */
    private static void changeFrame(MemoryDisk disk, RandomGenerator random) throws IOException {
        byte[] content = disk.content(LAST);
        ByteBuffer buffer = ByteBuffer.wrap(content);
        List<Integer> frames = framesOf(buffer);
        int target = random.nextInt(frames.size());
        for (int i = target; i < frames.size(); i++) {
            int offset = frames.get(i);
            int length = buffer.getInt(offset);
            if (i == target) {
                changeFields(content, offset, length, random);
                length = buffer.getInt(offset);
            } else {
                buffer.putInt(offset + 24, buffer.getInt(frames.get(i - 1) + 4));
            }
            if (length >= FrameHeader.BYTES && length <= content.length - offset) {
                Reseal.frame(content, offset, length);
            }
        }
        disk.replace(LAST, content);
    }

    private static List<Integer> framesOf(ByteBuffer content) {
        List<Integer> offsets = new ArrayList<>();
        int offset = SegmentHeader.BYTES;
        while (offset < content.limit() && content.getInt(offset) > 0) {
            offsets.add(offset);
            offset = Sectors.roundUp(offset + content.getInt(offset));
        }
        return offsets;
    }

    /** Mostly kind, count, entries; rarely what makes it a frame of this place in the chain. */
    private static void changeFields(byte[] content, int offset, int length, RandomGenerator random) {
        int from = random.nextInt(4) == 0 ? 0 : 28;
        byte[] fields = new byte[length - from];
        System.arraycopy(content, offset + from, fields, 0, fields.length);
        byte[] changed = new Mutations(random, List.of(fields.clone())).changeInPlace(fields);
        System.arraycopy(changed, 0, content, offset + from, changed.length);
    }

    /** What a start finds; null where it refuses as damaged or foreign, the only way it may. */
    private static @Nullable List<Entry> recovered(MemoryDisk disk) {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = opened(directory);
            return log == null || log.lastIndex() < log.firstIndex() ? null : all(log);
        }
    }

    private static @Nullable DurableLog opened(DataDirectory directory) {
        try {
            return directory.openLog(0, SIZES);
        } catch (StorageException.Damaged | StorageException.Foreign refused) {
            return null;
        }
    }
}
