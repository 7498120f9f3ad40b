package io.muster.chaos;

import io.muster.history.Operation;
import io.muster.history.Operation.Kind;
import io.muster.history.Operation.Outcome;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The calls of one client, as operations: what it did, when, and what it knows in the end. */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final int client;
    private final Cluster cluster;
    private final Recorder recorder;
    private final RandomGenerator random;

    Calls(int client, Cluster cluster, Recorder recorder, RandomGenerator random) {
        this.client = client;
        this.cluster = cluster;
        this.recorder = recorder;
        this.random = random;
    }

    /** At any replica, and again elsewhere with the same key as long as it is not answered. */
    Outcome registerWithKey(String user, int password) throws InterruptedException {
        return register(user, password, UUID.randomUUID().toString(), PATIENCE);
    }

    /** Once, at any replica. */
    Outcome registerOnce(String user, int password) throws InterruptedException {
        return register(user, password, null, Duration.ZERO);
    }

    private Outcome register(String user, int password, @Nullable String key, Duration patience)
            throws InterruptedException {
        boolean duringFault = recorder.isFaulty();
        long callNanos = System.nanoTime();
        boolean doubted = false;
        int node = anyNode();
        while (true) {
            Door.Reply reply = cluster.door(node).register(user, secret(password), key);
            Outcome outcome = outcomeOfRegister(reply);
            doubted |= outcome == Outcome.UNKNOWN;
            boolean answered = outcome == Outcome.OK || outcome == Outcome.CONFLICT;
            if (answered || System.nanoTime() - callNanos >= patience.toNanos()) {
                // An earlier attempt may still be on its way, whatever became of the last.
                Outcome known = answered || !doubted ? outcome : Outcome.UNKNOWN;
                return record(Kind.REGISTER, user, password, callNanos, known, duringFault);
            }
            Thread.sleep(PAUSE);
            node = node % Cluster.SIZE + 1;
        }
    }

    /** Once, at any replica. */
    Outcome login(String user, int password) throws InterruptedException {
        return login(anyNode(), user, password);
    }

    Outcome login(int node, String user, int password) throws InterruptedException {
        boolean duringFault = recorder.isFaulty();
        long callNanos = System.nanoTime();
        Outcome outcome = outcomeOfLogin(cluster.door(node).login(user, secret(password)));
        return record(Kind.LOGIN, user, password, callNanos, outcome, duringFault);
    }

    private Outcome record(Kind kind, String user, int password, long callNanos, Outcome outcome, boolean duringFault) {
        recorder.add(new Operation(client, kind, user, password, callNanos, System.nanoTime(), outcome), duringFault);
        return outcome;
    }

    private int anyNode() {
        return random.nextInt(Cluster.SIZE) + 1;
    }

    private static String secret(int password) {
        return "secret-of-" + password;
    }

    private Outcome outcomeOfRegister(Door.Reply reply) {
        return switch (reply.status()) {
            case CREATED -> Outcome.OK;
            case CONFLICT -> Outcome.CONFLICT;
            default -> noOutcome(reply);
        };
    }

    private Outcome outcomeOfLogin(Door.Reply reply) {
        return switch (reply.status()) {
            case OK -> Outcome.OK;
            case UNAUTHORIZED -> Outcome.INVALID_CREDENTIALS;
            default -> noOutcome(reply);
        };
    }

    private Outcome noOutcome(Door.Reply reply) {
        if (reply.status() != UNAVAILABLE && reply.status() != Door.NO_ANSWER && reply.status() != Door.NOT_SENT) {
            recorder.surprise(reply.toString());
        }
        return reply.isNotApplied() ? Outcome.REFUSED : Outcome.UNKNOWN;
    }
}
