package io.muster.storage;

import io.muster.raft.NodeId;
import io.muster.storage.StorageException.Foreign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code vote}: term, node voted for (0 for none), and whose vote it is, since a vote copied from another replica
 * would be a vote given twice: node id, length and UTF-8 of the cluster's name.
 */
final class VoteFile {

    private static final long MAGIC = 0x4d5553544552564fL; // "MUSTERVO"
    private static final int NOBODY = 0;

    private final RecordFile file;
    private final NodeId nodeId;
    private final String clusterId;

    VoteFile(FailStopDisk disk, Identity owner) {
        this.file = new RecordFile(disk, "vote", MAGIC);
        this.nodeId = owner.nodeId();
        this.clusterId = owner.clusterId();
    }

    @Nullable
    Vote read() {
        RecordReader body = file.read();
        if (body == null) {
            return null;
        }
        long term = body.number(0);
        int votedFor = body.number(NOBODY, Integer.MAX_VALUE);
        NodeId foundNode = body.node();
        String foundCluster = body.text();
        body.requireEnd();
        if (!foundNode.equals(nodeId) || !foundCluster.equals(clusterId)) {
            throw new Foreign("vote is of node " + foundNode + " of cluster '" + foundCluster + "', not of node "
                    + nodeId + " of cluster '" + clusterId + "': never copy a vote between replicas");
        }
        return new Vote(term, votedFor == NOBODY ? null : new NodeId(votedFor));
    }

    void write(Vote vote) {
        byte[] name = clusterId.getBytes(StandardCharsets.UTF_8);
        NodeId votedFor = vote.votedFor();
        ByteBuffer body = ByteBuffer.allocate(Long.BYTES + 3 * Integer.BYTES + name.length);
        body.putLong(vote.term()).putInt(votedFor == null ? NOBODY : votedFor.value());
        body.putInt(nodeId.value()).putInt(name.length).put(name);
        file.write(body.flip());
    }

    void removeLeftover() {
        file.removeLeftover();
    }
}
