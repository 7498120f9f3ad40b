package io.muster.storage;

import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.NodeId;
import io.muster.raft.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What the tests of this package share. */
final class Fixtures {

    static final NodeId NODE_1 = new NodeId(1);
    static final NodeId NODE_2 = new NodeId(2);
    static final NodeId NODE_3 = new NodeId(3);

    static final Identity IDENTITY = identity("green", 1, 1, 2, 3);

    /** Three sectors for frames in a segment, and frames of two sectors at most. */
    static final LogOptions SMALL = new LogOptions(2048, 1024);

    private Fixtures() {}

    static Identity identity(String clusterId, int nodeId, int... members) {
        TreeSet<NodeId> ids = new TreeSet<>();
        IntStream.of(members).forEach(member -> ids.add(new NodeId(member)));
        return new Identity(clusterId, new NodeId(nodeId), ids);
    }

    static DataDirectory open(Disk disk) {
        return DataDirectory.open(disk, IDENTITY, new Random(42)::nextLong);
    }

    static DurableLog openLog(Disk disk) {
        DataDirectory directory = open(disk);
        return directory.openLog(directory.logStart().index(), SMALL);
    }

    /** An entry whose payload of 50 to 249 bytes follows from index and term; every fifth carries none. */
    static Entry entry(long index, long term) {
        if (index % 5 == 0) {
            return new Entry(index, term, 1000 + index, new Payload.NoOp());
        }
        byte[] content = new byte[(int) (50 + (index * 37 + term * 91) % 200)];
        new Random(31 * index + term).nextBytes(content);
        return new Entry(index, term, 1000 + index, new Payload.Command(Bytes.copyOf(content)));
    }

    static Entry entryOf(long index, long term, int payloadBytes) {
        byte[] content = new byte[payloadBytes];
        Arrays.fill(content, (byte) index);
        return new Entry(index, term, 1000 + index, new Payload.Command(Bytes.copyOf(content)));
    }

    static List<Entry> entries(long from, long to, long term) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(index -> entry(index, term))
                .toList();
    }

    static List<Entry> all(DurableLog log) {
        return log.lastIndex() < log.firstIndex()
                ? List.of()
                : log.read(log.firstIndex(), log.lastIndex(), Integer.MAX_VALUE);
    }
}
