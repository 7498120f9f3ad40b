package io.muster.storage;

import io.muster.raft.Entry;
import java.util.ArrayList;
import java.util.List;

/** Parts a batch into frames of limited length. */
final class FrameSplit {

    private FrameSplit() {}

    /** Bytes of a frame of these entries. */
    static int length(List<Entry> entries) {
        return Math.toIntExact(FrameHeader.BYTES
                + entries.stream().mapToLong(EntryCodec::length).sum());
    }

    /**
     * The entries in order, in as few parts as hold each at most {@code maxBytes} as a frame.
     *
     * @throws IllegalArgumentException when an entry alone is longer
     */
    static List<List<Entry>> split(List<Entry> entries, int maxBytes) {
        List<List<Entry>> parts = new ArrayList<>();
        int start = 0;
        long length = FrameHeader.BYTES;
        for (int i = 0; i < entries.size(); i++) {
            long entry = EntryCodec.length(entries.get(i));
            if (FrameHeader.BYTES + entry > maxBytes) {
                throw new IllegalArgumentException("entry " + entries.get(i).index() + " takes " + entry
                        + " bytes, too long for a frame of " + maxBytes);
            }
            if (length + entry > maxBytes) {
                parts.add(entries.subList(start, i));
                start = i;
                length = FrameHeader.BYTES;
            }
            length += entry;
        }
        parts.add(entries.subList(start, entries.size()));
        return parts;
    }
}
