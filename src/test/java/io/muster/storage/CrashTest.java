package io.muster.storage;

import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.all;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.open;
import static io.muster.storage.Fixtures.openLog;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.storage.Scenario.Found;
import io.muster.storage.Scenario.Life;
import io.muster.storage.StorageException.DiskFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops a life of a data directory before each of its operations, and starts again on what may be left. */
class CrashTest {

    private static final int SEEDS = 8;

    private static int operations(Life life) {
        MemoryDisk disk = new MemoryDisk();
        new Scenario(life).run(disk);
        return disk.journal().size();
    }

    private static void forEachStop(Life life, BiConsumer<Scenario, MemoryDisk> check) {
        int operations = operations(life);
        assertThat(operations).isGreaterThan(50);
        for (int stop = 0; stop < operations; stop++) {
            MemoryDisk disk = new MemoryDisk();
            disk.stopAt(stop);
            Scenario scenario = new Scenario(life);
            assertThatThrownBy(() -> scenario.run(disk)).isInstanceOf(DiskFailed.class);
            check.accept(scenario, disk);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatWasAcknowledgedOverAPowerLoss(Life life) {
        forEachStop(life, (scenario, disk) -> {
            for (int seed = 0; seed < 4 * SEEDS; seed++) {
                scenario.requireKept(disk.afterPowerLoss(seed));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatWasAcknowledgedOverAKill(Life life) {
        forEachStop(life, (scenario, disk) -> scenario.requireKept(disk.afterKill()));
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatAStartAfterAKillReportedOverAPowerLoss(Life life) {
        forEachStop(life, (scenario, disk) -> {
            MemoryDisk killed = disk.afterKill();
            Found found = scenario.requireKept(killed);
            for (int seed = 0; seed < SEEDS; seed++) {
                assertThat(Found.on(killed.afterPowerLoss(seed))).isEqualTo(found);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void survivesASecondCrashDuringRecovery(Life life) {
        forEachStop(life, (scenario, disk) -> {
            for (int seed = 0; seed < SEEDS; seed++) {
                crashInRecovery(scenario, disk.afterPowerLoss(seed), seed);
                crashInRecovery(scenario, disk.afterKill(), seed);
            }
        });
    }

    private static void crashInRecovery(Scenario scenario, MemoryDisk left, int seed) {
        MemoryDisk whole = left.afterKill();
        scenario.requireKept(whole);
        int operations = whole.journal().size();
        for (int stop = 0; stop < operations; stop++) {
            MemoryDisk again = left.afterKill();
            again.stopAt(stop);
            assertThatThrownBy(() -> Found.on(again)).isInstanceOf(DiskFailed.class);
            scenario.requireKept(again.afterPowerLoss(seed + 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterAPowerLoss(Life life) {
        forEachStop(
                life,
                (scenario, disk) -> assertGoesOn(
                        scenario, disk.afterPowerLoss(disk.journal().size())));
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterAKill(Life life) {
        forEachStop(life, (scenario, disk) -> assertGoesOn(scenario, disk.afterKill()));
    }

    private static void assertGoesOn(Scenario scenario, MemoryDisk left) {
        List<Entry> expected =
                new ArrayList<>(scenario.requireKept(left.afterKill()).log().entries());
        DurableLog log = openLog(left);
        List<Entry> more = entries(log.lastIndex() + 1, log.lastIndex() + 8, 9);
        log.append(more);
        expected.addAll(more);

        for (int seed = 0; seed < SEEDS; seed++) {
            DataDirectory again = open(left.afterPowerLoss(seed));
            assertThat(all(again.openLog(again.logStart().index(), SMALL))).isEqualTo(expected);
            assertThat(again.vote()).isEqualTo(new Vote(9, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsOnceAndForAllWhenAnyOperationFails(Life life) {
        int operations = operations(life);
        for (int failing = 0; failing < operations; failing++) {
            MemoryDisk disk = new MemoryDisk();
            disk.failAt(failing, "No space left on device");
            Scenario scenario = new Scenario(life);
            assertThatThrownBy(() -> scenario.run(disk))
                    .isInstanceOf(DiskFailed.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining(
                            disk.journal().get(failing).replaceFirst(".* ", "").replace(".tmp", ""));
            assertRefusesAll(scenario, disk);
            assertKeptAfterAFailure(scenario, disk);
        }
    }

    private static void assertRefusesAll(Scenario scenario, MemoryDisk disk) {
        int before = disk.journal().size();
        DataDirectory directory = scenario.directory();
        DurableLog log = scenario.log();
        if (directory != null && log != null) {
            assertRefuses(() -> directory.saveVote(new Vote(99, null)));
            assertRefuses(() -> log.append(entries(log.lastIndex() + 1, log.lastIndex() + 1, 99)));
            assertRefuses(() -> log.reset(new LogStart(99, 99, 0)));
            if (log.lastIndex() >= log.firstIndex()) {
                assertRefuses(() -> log.read(log.firstIndex(), log.firstIndex(), 1));
                assertRefuses(() -> log.cut(log.firstIndex()));
            }
        }
        assertThat(disk.journal()).as("nothing is tried again").hasSize(before);
    }

    private static void assertRefuses(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOf(DiskFailed.class)
                .hasMessageContaining("refused, because an earlier operation failed")
                .hasMessageContaining("No space left on device");
    }

    /** Pages of a failed sync count as clean: what a start reads from the cache it must still make durable. */
    private static void assertKeptAfterAFailure(Scenario scenario, MemoryDisk disk) {
        MemoryDisk restarted = disk.afterKill();
        Found found = scenario.requireKept(restarted);
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(Found.on(restarted.afterPowerLoss(seed))).isEqualTo(found);
            scenario.requireKept(disk.afterPowerLoss(seed));
        }
    }

    @Test
    void namesAReadThatFails() {
        MemoryDisk disk = new MemoryDisk();
        DurableLog log = open(disk).openLog(0, SMALL);
        log.append(entries(1, 2, 1));
        disk.failReads();

        assertThatThrownBy(() -> log.read(1, 2, 1000))
                .isInstanceOf(DiskFailed.class)
                .hasMessageContaining("read failed for log/0000000000000001.wal")
                .hasMessageContaining("read error");
    }
}
