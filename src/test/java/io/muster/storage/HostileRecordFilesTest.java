package io.muster.storage;

import static io.muster.storage.Fixtures.IDENTITY;
import static io.muster.storage.Fixtures.NODE_2;
import static io.muster.storage.Fixtures.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.hostile.Corpus;
import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The small files out of bytes that nobody wrote, also under a right checksum. */
class HostileRecordFilesTest {

    private static final int ROUNDS = 10_000;
    private static final String VOTE = "vote";
    private static final String IDENTITY_NAME = "identity";

    private static final List<byte[]> VOTES =
            List.of(vote(new Vote(7, NODE_2)), vote(new Vote(0, null)), vote(new Vote(1L << 40, null)));
    private static final List<byte[]> IDENTITIES = List.of(
            identityFile(IDENTITY),
            identityFile(identity("blue", 3, 1, 3)),
            identityFile(identity("a", 1, 1, 2, 3, 4, 5)));

    private static final Decoder<Vote> VOTE_FILE = new Decoder<>(
            StorageException.class,
            input -> required(new VoteFile(diskOf(VOTE, input), IDENTITY).read()),
            HostileRecordFilesTest::vote);

    private static final Decoder<Identity> IDENTITY_FILE = new Decoder<>(
            StorageException.class,
            input -> required(new IdentityFile(diskOf(IDENTITY_NAME, input)).read()),
            HostileRecordFilesTest::identityFile);

    private static FailStopDisk diskOf(String name, byte[] content) {
        MemoryDisk disk = new MemoryDisk();
        disk.replace(name, content);
        return new FailStopDisk(disk);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("the file is there");
        }
        return value;
    }

    private static byte[] vote(Vote vote) {
        MemoryDisk disk = new MemoryDisk();
        new VoteFile(new FailStopDisk(disk), IDENTITY).write(vote);
        return content(disk, VOTE);
    }

    private static byte[] identityFile(Identity identity) {
        MemoryDisk disk = new MemoryDisk();
        new IdentityFile(new FailStopDisk(disk)).write(identity);
        return content(disk, IDENTITY_NAME);
    }

    private static byte[] content(MemoryDisk disk, String name) {
        try {
            return disk.content(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatWasChangedIsRefused() {
        assertUnchangedOnly("VoteFile", VOTE_FILE, VOTES);
        assertUnchangedOnly("IdentityFile", IDENTITY_FILE, IDENTITIES);
    }

    private static void assertUnchangedOnly(String name, Decoder<?> decoder, List<byte[]> seeds) {
        Rounds.run(name, ROUNDS, random -> {
            byte[] input = new Mutations(random, seeds).next();
            boolean accepted = decoder.judge(input);
            if (accepted) {
                assertThat(seeds).as("only what was written is accepted").contains(input);
            }
            return accepted;
        });
    }

    @Test
    void whatWasChangedUnderItsChecksumIsRefusedOrMeansWhatItSays() {
        assertThat(Corpus.of("vote")).noneMatch(VOTE_FILE::judge);
        assertThat(Corpus.of("identity")).noneMatch(IDENTITY_FILE::judge);
        Rounds.run("VoteFile under a checksum", ROUNDS, random -> VOTE_FILE.judge(resealed(random, VOTES)));
        Rounds.run(
                "IdentityFile under a checksum", ROUNDS, random -> IDENTITY_FILE.judge(resealed(random, IDENTITIES)));
    }

    private static byte[] resealed(RandomGenerator random, List<byte[]> seeds) {
        byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
        Mutations mutations = new Mutations(random, seeds);
        return Reseal.record(random.nextBoolean() ? mutations.change(file) : mutations.changeInPlace(file));
    }
}
