package io.muster.cli;

import io.muster.client.Http;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the servers of a cluster say of themselves, at about one time.
 *
 * @param servers in the order in which they were asked
 */
record ClusterStatus(List<ServerStatus> servers) {

    ClusterStatus {
        servers = List.copyOf(servers);
    }

    /** Asks all at once, so that one that hangs delays no other. */
    static ClusterStatus ask(Http http, List<URI> servers) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ServerStatus>> questions = new ArrayList<>();
            servers.forEach(server -> questions.add(() -> ServerStatus.ask(http, server)));
            List<ServerStatus> answers = new ArrayList<>();
            for (Future<ServerStatus> answer : threads.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return new ClusterStatus(answers);
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking a server failed", e.getCause());
        }
    }

    /** The one that a majority of the servers names as leader. */
    OptionalInt leader() {
        Map<Integer, Integer> votes = new TreeMap<>();
        for (ServerStatus server : servers) {
            if (server instanceof ServerStatus.Replica replica
                    && replica.leader().isPresent()) {
                votes.merge(replica.leader().getAsInt(), 1, Integer::sum);
            }
        }
        return votes.entrySet().stream()
                .filter(vote -> vote.getValue() * 2 > servers.size())
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** How many committed entries this replica has yet to apply, as far as any server knows. */
    long lag(ServerStatus.Replica replica) {
        long committed = servers.stream()
                .mapToLong(server -> server instanceof ServerStatus.Replica other ? other.commit() : 0)
                .max()
                .orElse(0);
        return Math.max(0, committed - replica.applied());
    }
}
