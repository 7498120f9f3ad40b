package io.muster.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways between replicas: a proxy for each that dials another. Safe for use by several threads. */
final class Network implements AutoCloseable {

    private record Pair(int from, int to) {}

    private final Map<Pair, Way> ways = new LinkedHashMap<>();
    private final Map<Pair, Proxy> proxies = new LinkedHashMap<>();

    /** @param ports where replicas listen for each other, by node */
    Network(Map<Integer, Integer> ports) {
        List<Pair> pairs = ports.keySet().stream()
                .flatMap(from ->
                        ports.keySet().stream().filter(to -> !to.equals(from)).map(to -> new Pair(from, to)))
                .toList();
        pairs.forEach(pair -> ways.put(pair, new Way()));
        for (Pair pair : pairs) {
            int port = ports.getOrDefault(pair.to, 0);
            proxies.put(pair, new Proxy(port, way(pair.from, pair.to), way(pair.to, pair.from)));
        }
    }

    /** Where {@code from} dials to reach {@code to}. */
    int port(int from, int to) {
        return proxy(from, to).port();
    }

    /** Everything that {@code from} sends to {@code to}, whoever dialled. */
    Way way(int from, int to) {
        return find(ways, from, to);
    }

    /** The ways from and to a replica. */
    List<Way> waysOf(int node) {
        return ways.entrySet().stream()
                .filter(way -> way.getKey().from == node || way.getKey().to == node)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Closes all connections of a replica to the others. */
    void closeConnectionsOf(int node) {
        proxies.forEach((pair, proxy) -> {
            if (pair.from == node || pair.to == node) {
                proxy.closeConnections();
            }
        });
    }

    void heal() {
        ways.values().forEach(Way::heal);
    }

    @Override
    public void close() {
        heal();
        proxies.values().forEach(Proxy::close);
    }

    private Proxy proxy(int from, int to) {
        return find(proxies, from, to);
    }

    private static <T> T find(Map<Pair, T> map, int from, int to) {
        T found = map.get(new Pair(from, to));
        if (found == null) {
            throw new IllegalArgumentException("no way from " + from + " to " + to);
        }
        return found;
    }
}
