package io.muster.storage;

import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.hostile.Corpus;
import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The file {@code log/start} out of bytes that nobody wrote, and logs that begin where such a file says. */
class HostileLogStartTest {

    private static final int ROUNDS = 4_000;
    private static final LogOptions SIZES = new LogOptions(4096, 1024);
    private static final long APPLIED = 8;

    private static final List<byte[]> SEEDS = List.of(
            file(new StartPoint(new LogStart(5, 2, 1_005), 2, 1024, 7, 0x1234_5678)),
            file(new StartPoint(new LogStart(1L << 40, 1L << 30, 0), 1L << 20, SegmentHeader.BYTES, 1L << 41, 0)));

    private static final Decoder<StartPoint> STARTS = new Decoder<>(
            StorageException.class, input -> Objects.requireNonNull(read(input)), HostileLogStartTest::file);

    private final List<Entry> acknowledged = new ArrayList<>();
    private final MemoryDisk written = written();

    private static @Nullable StartPoint read(byte[] input) {
        MemoryDisk disk = new MemoryDisk();
        disk.replace(LogStartFile.PATH, input);
        return new LogStartFile(new FailStopDisk(disk)).read();
    }

    private static byte[] file(StartPoint point) {
        MemoryDisk disk = new MemoryDisk();
        try {
            disk.createDirectory(SegmentHeader.DIRECTORY);
            new LogStartFile(new FailStopDisk(disk)).write(point);
            return disk.content(LogStartFile.PATH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twelve entries in several segments, cut behind the sixth. */
    private MemoryDisk written() {
        MemoryDisk disk = new MemoryDisk();
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SIZES);
            for (long index = 1; index < 24; index += 2) {
                log.append(entries(index, index + 1, 1 + index / 8));
            }
            log.cut(6);
            acknowledged.addAll(all(log));
        }
        return disk;
    }

    private static byte[] resealed(RandomGenerator random, byte[] file) {
        Mutations mutations = new Mutations(random, SEEDS);
        return Reseal.record(
                random.nextInt(4) == 0 ? mutations.change(file.clone()) : mutations.changeInPlace(file.clone()));
    }

    @Test
    void isRefusedOrMeansWhatItSays() {
        assertThat(Corpus.of("log-start")).noneMatch(STARTS::judge);
        Rounds.run("LogStartFile", ROUNDS, random -> STARTS.judge(new Mutations(random, SEEDS).next()));
        Rounds.run(
                "LogStartFile under a checksum",
                ROUNDS,
                random -> STARTS.judge(resealed(random, SEEDS.get(random.nextInt(SEEDS.size())))));
    }

    @Test
    void isRefusedOrTheLogHoldsNothingThatWasNotWritten() {
        Rounds.run("LogRecovery, start under a checksum", ROUNDS, random -> {
            MemoryDisk disk = written.afterKill();
            disk.replace(LogStartFile.PATH, resealed(random, disk.content(LogStartFile.PATH)));
            List<Entry> found = recovered(disk);
            if (found == null) {
                return false;
            }
            assertThat(acknowledged).containsAll(found);
            return true;
        });
    }

    /** What a start finds; null where it refuses, as it may. */
    private static @Nullable List<Entry> recovered(MemoryDisk disk) {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(APPLIED, SIZES);
            return log.lastIndex() < log.firstIndex() ? List.of() : all(log);
        } catch (StorageException.Damaged | StorageException.Foreign refused) {
            return null;
        }
    }
}
