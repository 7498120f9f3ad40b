package io.muster.it;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the replicas of a cluster of this machine live.
 *
 * @param directory holds a data directory for each of them
 * @param restPorts by node, the first is node 1's
 * @param grpcPorts likewise
 */
record Layout(Path directory, List<Integer> restPorts, List<Integer> grpcPorts) {

    static Layout of(int replicas, Path directory) {
        List<Integer> ports = Ports.free(2 * replicas);
        return new Layout(directory, ports.subList(0, replicas), ports.subList(replicas, 2 * replicas));
    }

    List<Integer> nodes() {
        return IntStream.rangeClosed(1, restPorts.size()).boxed().toList();
    }

    FrontDoor frontDoor(int node) {
        return new FrontDoor(restPorts.get(node - 1));
    }

    Path dataDirectory(int node) {
        return directory.resolve("node" + node);
    }

    String peers() {
        return nodes().stream()
                .map(node -> node + "=127.0.0.1:" + grpcPorts.get(node - 1))
                .collect(Collectors.joining(","));
    }

    /** The settings of a replica, with the cheapest hash there is. */
    Map<String, String> settings(int node) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("muster.node-id", Integer.toString(node));
        settings.put("muster.cluster-id", "muster-it");
        settings.put("muster.peers", peers());
        settings.put("muster.data-dir", dataDirectory(node).toString());
        settings.put("muster.passwords.argon2.memory-kib", "8");
        settings.put("muster.passwords.argon2.iterations", "1");
        settings.put("muster.limits.per-address.enabled", "false");
        settings.put("muster.tokens.demo-wrapping-key", "true");
        settings.put("server.port", restPorts.get(node - 1).toString());
        settings.put("grpc.server.port", grpcPorts.get(node - 1).toString());
        return settings;
    }
}
