package io.muster.wiring;

import io.muster.raft.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The replicas of a cluster and where they listen for each other, as {@code muster.peers} names them.
 *
 * @param addresses {@code host:port} by node
 */
record Peers(SortedMap<NodeId, String> addresses) {

    private static final Pattern PEER =
            Pattern.compile("([1-9][0-9]{0,8})=(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final int MAX_MEMBERS = 9;
    private static final int MAX_PORT = 65_535;

    Peers {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /** @throws SettingsException when it is not {@code 1=host:port,2=host:port,...}, or names a node or an address twice */
    static Peers parse(String setting) {
        SortedMap<NodeId, String> addresses = new TreeMap<>();
        for (String part : setting.split(",", -1)) {
            Matcher peer = PEER.matcher(part.strip());
            if (!peer.matches() || !isPort(peer.group(3))) {
                throw new SettingsException(
                        "muster.peers is 1=host:port,2=host:port,..., and '" + part + "' is not of that form");
            }
            NodeId node = new NodeId(Integer.parseInt(peer.group(1)));
            if (addresses.put(node, peer.group(2) + ":" + peer.group(3)) != null) {
                throw new SettingsException("muster.peers names node " + node + " twice");
            }
        }
        requireSound(addresses);
        return new Peers(addresses);
    }

    private static void requireSound(Map<NodeId, String> addresses) {
        if (new TreeSet<>(addresses.values()).size() < addresses.size()) {
            throw new SettingsException("muster.peers gives two nodes the same address");
        }
        if (addresses.size() > MAX_MEMBERS) {
            throw new SettingsException("muster.peers names more than " + MAX_MEMBERS + " nodes");
        }
    }

    /** How many of them, that one included, share its host, as far as their addresses tell. */
    int onHostOf(NodeId node) {
        String host = host(Objects.requireNonNull(addresses.get(node)));
        return (int) addresses.values().stream()
                .filter(address -> host(address).equals(host))
                .count();
    }

    private static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= MAX_PORT;
    }
}
