package io.muster.node;

import io.muster.raft.Bytes;
import java.util.zip.CRC32C;

/**
 * A part of a snapshot on its way to a follower (paper section 7, InstallSnapshot RPC).
 *
 * @param term of the leader that sends it
 * @param snapshot the leader's name for the snapshot, random
 * @param totalBytes length of the whole snapshot
 * @param offset where the data belong
 * @param data at most {@link #MAX_BYTES}; none to ask how far the follower is
 * @param checksum CRC32C of the data
 */
public record SnapshotChunk(long term, long snapshot, long totalBytes, long offset, Bytes data, int checksum) {

    /** Limit of the data of one chunk. */
    public static final int MAX_BYTES = 256 << 10;

    public SnapshotChunk {
        if (term < 1 || totalBytes < 1 || offset < 0 || data.size() > MAX_BYTES || offset > totalBytes - data.size()) {
            throw new IllegalArgumentException("a chunk of " + data.size() + " bytes at " + offset
                    + " of a snapshot of " + totalBytes + " bytes, in term " + term + ", makes no sense");
        }
    }

    static SnapshotChunk of(long term, long snapshot, long totalBytes, long offset, Bytes data) {
        return new SnapshotChunk(term, snapshot, totalBytes, offset, data, checksumOf(data));
    }

    /** Whether the data are what was sent. */
    boolean isIntact() {
        return checksumOf(data) == checksum;
    }

    private static int checksumOf(Bytes data) {
        CRC32C crc = new CRC32C();
        crc.update(data.toByteArray());
        return (int) crc.getValue();
    }

    /** Leaves the data out. */
    @Override
    public String toString() {
        return "SnapshotChunk[term=" + term + ", snapshot=" + snapshot + ", offset=" + offset + " of " + totalBytes
                + ", " + data.size() + " bytes]";
    }
}
