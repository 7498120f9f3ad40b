package io.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The two forms in which {@code status} prints. */
final class StatusTable {

    private static final List<String> HEADER =
            List.of("node", "role", "term", "commit", "applied", "leader", "lag", "health");
    private static final String NONE = "-";

    private StatusTable() {}

    /** Columns of equal width, one line a server. */
    static String text(ClusterStatus status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        status.servers().forEach(server -> rows.add(row(status, server)));
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(pad(row.get(column), width(rows, column) + 2));
            }
            table.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return table.toString();
    }

    /** One line: {@code {"leader":1,"servers":[...]}}. */
    static String json(ClusterStatus status) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        putLeader(root, status.leader());
        var servers = root.putArray("servers");
        status.servers().forEach(server -> describe(servers.addObject(), status, server));
        return JsonMapper.shared().writeValueAsString(root) + System.lineSeparator();
    }

    private static List<String> row(ClusterStatus status, ServerStatus server) {
        return switch (server) {
            case ServerStatus.Replica replica ->
                List.of(
                        String.valueOf(replica.node()),
                        replica.role(),
                        String.valueOf(replica.term()),
                        String.valueOf(replica.commit()),
                        String.valueOf(replica.applied()),
                        replica.leader().isPresent()
                                ? String.valueOf(replica.leader().getAsInt())
                                : NONE,
                        String.valueOf(status.lag(replica)),
                        replica.health());
            case ServerStatus.Unreachable unreachable ->
                List.of(
                        unreachable.server().getAuthority(),
                        NONE,
                        NONE,
                        NONE,
                        NONE,
                        NONE,
                        NONE,
                        "unreachable (" + unreachable.reason() + ")");
        };
    }

    private static void describe(ObjectNode json, ClusterStatus status, ServerStatus server) {
        json.put("server", server.server().toString());
        switch (server) {
            case ServerStatus.Replica replica -> {
                json.put("node", replica.node())
                        .put("role", replica.role())
                        .put("term", replica.term())
                        .put("commit", replica.commit())
                        .put("applied", replica.applied());
                putLeader(json, replica.leader());
                json.put("lag", status.lag(replica)).put("health", replica.health());
            }
            case ServerStatus.Unreachable unreachable ->
                json.put("health", "unreachable").put("reason", unreachable.reason());
        }
    }

    private static void putLeader(ObjectNode json, OptionalInt leader) {
        json.put("leader", leader.isPresent() ? Integer.valueOf(leader.getAsInt()) : null);
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
