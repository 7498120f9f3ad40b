package io.muster.transport;

import io.grpc.Metadata;
import io.muster.raft.NodeId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks to whom: carried by every call, checked before a message of it is read.
 *
 * @param clusterId name of the cluster
 * @param self this replica
 * @param members all replicas of the cluster
 */
public record PeerIdentity(String clusterId, NodeId self, Set<NodeId> members) {

    private static final Metadata.Key<String> CLUSTER_ID = key("muster-cluster-id");
    private static final Metadata.Key<String> FROM = key("muster-from");
    private static final Metadata.Key<String> TO = key("muster-to");

    public PeerIdentity {
        members = Set.copyOf(members);
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    Metadata headersTo(NodeId peer) {
        Metadata headers = new Metadata();
        headers.put(CLUSTER_ID, clusterId);
        headers.put(FROM, self.toString());
        headers.put(TO, peer.toString());
        return headers;
    }

    /** The member that sent these headers. */
    NodeId senderOf(Metadata headers) throws StrangerException {
        String cluster = headers.get(CLUSTER_ID);
        if (!clusterId.equals(cluster)) {
            throw new StrangerException("this is cluster '" + clusterId + "', the call is for " + quoted(cluster)
                    + ": check muster.cluster-id");
        }
        String to = headers.get(TO);
        if (!self.toString().equals(to)) {
            throw new StrangerException(
                    "this is node " + self + ", the call is for " + quoted(to) + ": check muster.peers");
        }
        String from = headers.get(FROM);
        return members.stream()
                .filter(member -> member.toString().equals(from) && !member.equals(self))
                .findAny()
                .orElseThrow(() -> new StrangerException(
                        quoted(from) + " is no other member of this cluster: check muster.node-id and muster.peers"));
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "none" : "'" + printable(value) + "'";
    }

    private static String printable(String value) {
        String bounded = value.length() > 64 ? value.substring(0, 64) + "..." : value;
        return bounded.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** A call that is not for this replica, or not from a member. */
    static final class StrangerException extends Exception {
        private static final long serialVersionUID = 1L;

        StrangerException(String message) {
            super(message);
        }
    }
}
