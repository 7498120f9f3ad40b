package io.muster.raft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Names, settings and logs that the tests share. */
final class Fixtures {

    static final NodeId A = new NodeId(1);
    static final NodeId B = new NodeId(2);
    static final NodeId C = new NodeId(3);
    static final NodeId D = new NodeId(4);
    static final NodeId E = new NodeId(5);
    static final Set<NodeId> ONE = Set.of(A);
    static final Set<NodeId> THREE = Set.of(A, B, C);
    static final Set<NodeId> FIVE = Set.of(A, B, C, D, E);

    static final long MILLI = 1_000_000;
    static final long ELECTION_TIMEOUT_MILLIS = 1000;
    static final long HEARTBEAT_MILLIS = 100;
    static final long DISK_STALL_MILLIS = 10_000;

    /** What every clock on a wall shows, so that it is every entry's stamp too. */
    static final long WALL_MILLIS = 5000;

    private Fixtures() {}

    static RaftConfig config(NodeId self, Set<NodeId> voters) {
        return config(self, voters, 1 << 20, 16, 1 << 20);
    }

    static RaftConfig config(
            NodeId self, Set<NodeId> voters, int maxAppendBytes, int maxInflightMessages, long cacheBytes) {
        return new RaftConfig(
                self,
                voters,
                ELECTION_TIMEOUT_MILLIS * MILLI,
                HEARTBEAT_MILLIS * MILLI,
                maxAppendBytes,
                maxInflightMessages,
                1 << 20,
                cacheBytes,
                false,
                DISK_STALL_MILLIS * MILLI);
    }

    /** The first entry of a term, as its leader appends it. */
    static Entry noOp(long index, long term) {
        return new Entry(index, term, WALL_MILLIS, new Payload.NoOp());
    }

    static Entry command(long index, long term, String text) {
        return new Entry(index, term, WALL_MILLIS, new Payload.Command(bytes(text)));
    }

    static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    static Input.Propose propose(long id, String text) {
        return new Input.Propose(List.of(new Input.Proposal(id, bytes(text))));
    }

    /** A log whose entries are of these terms. */
    static List<Entry> entries(long... terms) {
        List<Entry> entries = new ArrayList<>();
        LongStream.of(terms).forEach(term -> entries.add(noOp(entries.size() + 1, term)));
        return entries;
    }

    static List<Long> terms(List<Entry> log) {
        return log.stream().map(Entry::term).toList();
    }

    /** What a replica finds that has this log on its disk, and has applied nothing. */
    static Restored restored(long term, List<Entry> log) {
        List<TermStart> starts = new ArrayList<>();
        for (Entry entry : log) {
            if (starts.isEmpty() || starts.getLast().term() != entry.term()) {
                starts.add(new TermStart(entry.index(), entry.term()));
            }
        }
        return new Restored(term, null, LogStart.ZERO, starts, log.size(), log.isEmpty() ? 0 : WALL_MILLIS, 0);
    }
}
