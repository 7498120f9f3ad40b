package io.muster.cli;

import io.muster.client.Http;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** What one server says of itself. */
sealed interface ServerStatus {

    URI server();

    /**
     * A replica, from its health's component {@code raft}.
     *
     * @param health {@code UP}, {@code DOWN}, ...
     * @param leader the id of the leader that it knows of
     */
    record Replica(
            URI server, String health, int node, String role, long term, long commit, long applied, OptionalInt leader)
            implements ServerStatus {}

    /**
     * No replica answers there.
     *
     * @param reason why nothing is known of it
     */
    record Unreachable(URI server, String reason) implements ServerStatus {}

    static ServerStatus ask(Http http, URI server) throws InterruptedException {
        try {
            return parse(server, http.get(server.resolve("/actuator/health")).body());
        } catch (ConnectException e) {
            return new Unreachable(server, "connection refused");
        } catch (IOException e) {
            return new Unreachable(server, Terminal.printable(String.valueOf(e.getMessage())));
        }
    }

    private static ServerStatus parse(URI server, JsonNode health) {
        JsonNode raft = health.path("components").path("raft").path("details");
        if (!raft.has("role")) {
            return new Unreachable(server, "its health has no component raft");
        }
        int leader = raft.path("leaderId").asInt(0);
        return new Replica(
                server,
                Terminal.printable(health.path("status").asString("UNKNOWN")),
                raft.path("nodeId").asInt(0),
                Terminal.printable(raft.path("role").asString("")),
                raft.path("term").asLong(0),
                raft.path("commitIndex").asLong(0),
                raft.path("appliedIndex").asLong(0),
                leader > 0 ? OptionalInt.of(leader) : OptionalInt.empty());
    }
}
