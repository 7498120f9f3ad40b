package io.muster.storage;

import io.muster.raft.NodeId;
import io.muster.storage.StorageException.Foreign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The file {@code identity}: length and UTF-8 of the cluster's name, node id, number of members, members. */
final class IdentityFile {

    private static final long MAGIC = 0x4d55535445524944L; // "MUSTERID"

    private final RecordFile file;

    IdentityFile(FailStopDisk disk) {
        this.file = new RecordFile(disk, "identity", MAGIC);
    }

    @Nullable
    Identity read() {
        RecordReader body = file.read();
        if (body == null) {
            return null;
        }
        String clusterId = body.text();
        NodeId nodeId = body.node();
        SortedSet<NodeId> members = new TreeSet<>();
        for (int left = body.count(Integer.BYTES); left > 0; left--) {
            members.add(body.node());
        }
        body.requireEnd();
        return new Identity(clusterId, nodeId, members);
    }

    void write(Identity identity) {
        byte[] clusterId = identity.clusterId().getBytes(StandardCharsets.UTF_8);
        int members = identity.members().size();
        ByteBuffer body = ByteBuffer.allocate(clusterId.length + Integer.BYTES * (3 + members));
        body.putInt(clusterId.length).put(clusterId);
        body.putInt(identity.nodeId().value()).putInt(members);
        identity.members().forEach(member -> body.putInt(member.value()));
        file.write(body.flip());
    }

    void removeLeftover() {
        file.removeLeftover();
    }

    /** Refuses what another replica, or this one with other members, has written. */
    static void requireSame(Identity found, Identity expected) {
        if (!found.clusterId().equals(expected.clusterId())) {
            throw new Foreign("the data directory belongs to cluster '" + found.clusterId() + "', not to '"
                    + expected.clusterId() + "': point this replica at its own directory");
        }
        if (!found.nodeId().equals(expected.nodeId())) {
            throw new Foreign("the data directory belongs to node " + found.nodeId() + ", not to node "
                    + expected.nodeId() + ": point this replica at its own directory");
        }
        if (!found.members().equals(expected.members())) {
            throw new Foreign("the cluster began with members " + found.members() + ", and " + expected.members()
                    + " are configured: members are fixed at the first start");
        }
    }
}
