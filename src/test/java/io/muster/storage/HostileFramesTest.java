package io.muster.storage;

import static io.muster.storage.Fixtures.entries;
import static io.muster.storage.Fixtures.entryOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.hostile.Corpus;
import io.muster.hostile.Decoder;
import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.raft.Entry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries, frames and headers of segments out of bytes that nobody wrote. */
class HostileFramesTest {

    private static final int ROUNDS = 20_000;
    private static final long PLACE = 0x1234_5678_9abc_def0L;

    private static final List<byte[]> BATCHES = List.of(
            batch(entries(1, 5, 1)),
            batch(entries(5, 5, 9)),
            batch(List.of(entryOf(7, 3, 0))),
            batch(entries(1, 12, 4)));

    private static final Decoder<List<Entry>> ENTRIES = new Decoder<>(
            IllegalArgumentException.class,
            input -> {
                ByteBuffer buffer = ByteBuffer.wrap(input);
                if (input.length < Integer.BYTES) {
                    throw new IllegalArgumentException("no count");
                }
                return EntryCodec.decode(buffer.slice(4, input.length - 4), buffer.getInt(0));
            },
            HostileFramesTest::batch);

    private static final SegmentHeader HEADER = new SegmentHeader(2048, 1024, 3, PLACE, 17, 9, 77);

    private static final Decoder<SegmentHeader> HEADERS = new Decoder<>(
            StorageException.class,
            input -> SegmentHeader.decode("log/x.wal", ByteBuffer.wrap(input)),
            header -> header.encode().array());

    /** Number of entries, entries. */
    private static byte[] batch(List<Entry> entries) {
        int length =
                Math.toIntExact(entries.stream().mapToLong(EntryCodec::length).sum());
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + length).putInt(entries.size());
        entries.forEach(entry -> EntryCodec.encode(entry, buffer));
        return buffer.array();
    }

    @Test
    void entriesAreRefusedOrMeanWhatTheySay() {
        assertThat(Corpus.of("entries")).noneMatch(ENTRIES::judge);
        Rounds.run("EntryCodec", ROUNDS, random -> ENTRIES.judge(new Mutations(random, BATCHES).next()));
    }

    private static byte[] frame(List<Entry> entries, long place, long sequence) {
        int length = FrameSplit.length(entries);
        ByteBuffer frame = ByteBuffer.allocate(length).position(FrameHeader.BYTES);
        entries.forEach(entry -> EntryCodec.encode(entry, frame));
        FrameChain chain = new FrameChain(sequence, (int) sequence, true);
        FrameHeader.complete(frame.flip(), place, chain, FrameHeader.DATA, entries.size());
        return frame.array();
    }

    @Test
    void aFrameThatWasChangedIsNone() {
        List<byte[]> frames = List.of(
                frame(entries(1, 5, 1), PLACE, 1),
                frame(entries(1, 1, 1), PLACE, 2),
                frame(entries(1, 5, 1), PLACE + 512, 1),
                frame(List.of(), PLACE, 7));
        Rounds.run("FrameHeader", ROUNDS, random -> {
            byte[] changed = new Mutations(random, frames).next();
            FrameHeader found = FrameHeader.intact(ByteBuffer.wrap(changed), 0, PLACE);
            if (found == null) {
                return false;
            }
            byte[] taken = Arrays.copyOf(changed, found.length());
            assertThat(frames)
                    .as("what reads as a frame was written as one")
                    .anyMatch(one -> Arrays.equals(one, taken));
            return true;
        });
    }

    @Test
    void aHeaderOfASegmentIsRefusedOrMeansWhatItSays() {
        List<byte[]> seeds = List.of(
                HEADER.encode().array(),
                new SegmentHeader(16 << 20, 1 << 20, 1, 5, 1, 1, 0).encode().array());
        assertThat(Corpus.of("segment-header")).noneMatch(HEADERS::judge);
        Rounds.run("SegmentHeader", ROUNDS, random -> HEADERS.judge(new Mutations(random, seeds).next()));
        Rounds.run("SegmentHeader under a checksum", ROUNDS, random -> {
            byte[] header = seeds.get(random.nextInt(seeds.size())).clone();
            byte[] fields = Arrays.copyOfRange(header, 8, 56);
            Mutations mutations = new Mutations(random, List.of(fields));
            System.arraycopy(mutations.changeInPlace(fields), 0, header, 8, fields.length);
            return HEADERS.judge(Reseal.segmentHeader(header));
        });
    }
}
