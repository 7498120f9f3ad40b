package io.muster.storage;

import static io.muster.storage.Fixtures.NODE_1;
import static io.muster.storage.Fixtures.NODE_2;
import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.identity;
import static io.muster.storage.Fixtures.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.storage.StorageException.Damaged;
import io.muster.storage.StorageException.Foreign;
import io.muster.storage.StorageException.Locked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {

    private final MemoryDisk disk = new MemoryDisk();

    /** A directory that has started, voted for node 2 in term 4, and holds entries 1 to 3 of term 3. */
    private MemoryDisk used() {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SMALL);
            directory.saveVote(new Vote(4, NODE_2));
            log.append(entries(1, 3, 3));
            log.seal();
        }
        return disk;
    }

    @Test
    void commitsTheFirstStartByItsIdentityLast() {
        open(disk);

        assertThat(disk.journal())
                .containsExactly(
                        "create vote.tmp",
                        "write vote.tmp",
                        "sync vote.tmp",
                        "rename vote",
                        "sync directory ",
                        "create identity.tmp",
                        "write identity.tmp",
                        "sync identity.tmp",
                        "rename identity",
                        "sync directory ");
    }

    @Test
    void beginsWithNoVote() {
        assertThat(open(disk).vote()).isEqualTo(new Vote(0, null));
    }

    @Test
    void keepsTheVote() {
        used();

        assertThat(open(disk.afterPowerLoss(3)).vote()).isEqualTo(new Vote(4, NODE_2));
    }

    @Test
    void raisesTheTermToThatOfTheLastEntry() {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SMALL);
            directory.saveVote(new Vote(2, NODE_1));
            log.append(entries(1, 3, 7));
        }

        DataDirectory again = open(disk);
        again.openLog(0, SMALL);
        assertThat(again.vote()).isEqualTo(new Vote(7, null));
        assertThat(open(disk.afterPowerLoss(1)).vote()).isEqualTo(new Vote(7, null));
    }

    @Test
    void refusesToVoteTwiceInATermOrToGoBack() {
        DataDirectory directory = open(disk);
        directory.openLog(0, SMALL);
        directory.saveVote(new Vote(5, null));
        directory.saveVote(new Vote(5, NODE_1));
        directory.saveVote(new Vote(5, NODE_1));

        for (Vote next : new Vote[] {new Vote(5, NODE_2), new Vote(5, null), new Vote(4, NODE_1)}) {
            assertThatThrownBy(() -> directory.saveVote(next)).isInstanceOf(IllegalArgumentException.class);
            assertThat(directory.vote()).isEqualTo(new Vote(5, NODE_1));
        }
    }

    @Test
    void opensItsLogBeforeTheFirstVoteAndOnce() {
        DataDirectory directory = open(disk);

        assertThatThrownBy(() -> directory.saveVote(new Vote(1, NODE_1))).isInstanceOf(IllegalStateException.class);
        directory.openLog(0, SMALL);
        assertThatThrownBy(() -> directory.openLog(0, SMALL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesALockedDirectoryAndLeavesTheLock() {
        DataDirectory first = open(disk);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(disk))
                    .isInstanceOf(Locked.class)
                    .hasMessageContaining("another process holds the data directory")
                    .hasMessageContaining("stop it");
        }
        first.close();
        open(disk).close();
    }

    @Test
    void releasesTheLockWhenItRefuses() {
        used();

        assertThatThrownBy(() -> DataDirectory.open(disk, identity("green", 2, 1, 2, 3)))
                .isInstanceOf(Foreign.class);
        open(disk);
    }

    @Test
    void refusesTheDirectoryOfAnotherReplica() {
        used();

        assertForeign(identity("blue", 1, 1, 2, 3), "belongs to cluster 'green', not to 'blue'");
        assertForeign(identity("green", 2, 1, 2, 3), "belongs to node 1, not to node 2");
        assertForeign(identity("green", 1, 1, 2, 4), "members [1, 2, 3], and [1, 2, 4]", "fixed at the first start");
    }

    private void assertForeign(Identity expected, String... messages) {
        assertThatThrownBy(() -> DataDirectory.open(disk, expected))
                .isInstanceOf(Foreign.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void refusesAVoteCopiedFromAnotherReplica() throws IOException {
        MemoryDisk other = new MemoryDisk();
        DataDirectory.open(other, identity("green", 2, 1, 2, 3));
        used().replace("vote", other.content("vote"));

        assertForeign(Fixtures.IDENTITY, "vote is of node 2 of cluster 'green', not of node 1");
    }

    @Test
    void refusesALostVote() {
        used().remove("vote");

        assertDamaged("vote is missing");
    }

    @Test
    void refusesALostIdentity() {
        used().remove("identity");
        assertDamaged("identity is missing");

        disk.remove("vote");
        assertDamaged("identity is missing");

        disk.remove("log/0000000000000001.wal");
        open(disk);
    }

    @Test
    void refusesALostIdentityBesideAVote() {
        used().remove("identity");
        disk.remove("log/0000000000000001.wal");

        assertDamaged("identity is missing");
    }

    @Test
    void refusesALostLog() {
        used().remove("log/0000000000000001.wal");

        DataDirectory directory = open(disk);
        assertThatThrownBy(() -> directory.openLog(0, SMALL))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("the log is missing");
    }

    @Test
    void refusesALostLogThatWasApplied() {
        DataDirectory directory = open(disk);

        assertThatThrownBy(() -> directory.openLog(1, SMALL))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("the log is missing");
    }

    private void assertDamaged(String message) {
        assertThatThrownBy(() -> open(disk)).isInstanceOf(Damaged.class).hasMessageContaining(message);
    }

    @Test
    void refusesFilesOfANewerVersion() throws IOException {
        used();
        for (String path : new String[] {"identity", "vote", "log/0000000000000001.wal"}) {
            MemoryDisk newer = disk.afterKill();
            newer.replace(path, withVersion(disk.content(path), path.startsWith("log") ? 508 : 16));

            assertThatThrownBy(() -> open(newer).openLog(0, SMALL))
                    .isInstanceOf(Foreign.class)
                    .hasMessageContaining(path + " has format version 2, and this version of Muster reads 1");
        }
    }

    private static byte[] withVersion(byte[] content, int checksumOffset) {
        ByteBuffer changed = ByteBuffer.wrap(content).putInt(8, 2);
        CRC32C crc = new CRC32C();
        crc.update(content, 0, checksumOffset);
        if (checksumOffset == 16) {
            crc.update(content, 20, content.length - 20);
        }
        return changed.putInt(checksumOffset, (int) crc.getValue()).array();
    }

    @Test
    void refusesAnOverlongVote() throws IOException {
        used().replace("vote", Arrays.copyOf(disk.content("vote"), 1 << 20));

        assertDamaged("vote is damaged at offset 65536");
    }

    @Test
    void removesWhatAnUnfinishedWriteLeft() {
        used();
        disk.replace("vote.tmp", new byte[5000]);
        disk.replace("identity.tmp", new byte[5000]);
        disk.replace("log/0000000000000002.wal.tmp", new byte[5000]);

        open(disk).openLog(3, SMALL);

        assertThat(disk.paths()).containsExactly("identity", "log/0000000000000001.wal", "vote");
        assertThat(open(disk.afterKill()).vote()).isEqualTo(new Vote(4, NODE_2));
    }
}
