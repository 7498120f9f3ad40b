package io.muster.chaos;

import io.muster.history.Act;
import io.muster.history.Act.Session;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import io.muster.history.SharedName;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The calls of one client, as operations: what it did, when, and what it knows in the end. */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Door.Reply NOT_ASKED = new Door.Reply(Door.NOT_SENT, "");

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
    Operation registerWithKey(String user, int password) throws InterruptedException {
        Act asked = new Act.Register(password, null);
        Recorded call = begin(user);
        String key = UUID.randomUUID().toString();
        boolean doubted = false;
        int node = anyNode();
        while (true) {
            Door.Reply reply = cluster.door(node).register(user, secret(password), key);
            Outcome outcome = outcomeOf(reply);
            doubted |= outcome == Outcome.UNKNOWN;
            if (outcome.isAnswer() || System.nanoTime() - call.sinceNanos() >= PATIENCE.toNanos()) {
                // An earlier attempt may still be on its way, whatever became of the last.
                Outcome known = outcome.isAnswer() || !doubted ? outcome : Outcome.UNKNOWN;
                return end(call, told(asked, known, reply), known);
            }
            Thread.sleep(PAUSE);
            node = node % Cluster.SIZE + 1;
        }
    }

    /** Once, at any replica. */
    Operation registerOnce(String user, int password) throws InterruptedException {
        return once(anyNode(), user, new Act.Register(password, null));
    }

    /** Once, at any replica. */
    Operation login(String user, int password) throws InterruptedException {
        return once(anyNode(), user, new Act.Login(password, null));
    }

    /** Once, at any replica. */
    Operation withAccount(SharedName name, Act act) throws InterruptedException {
        Operation operation = once(anyNode(), name.name(), act);
        name.learn(operation);
        return operation;
    }

    /** Whatever it is, once. */
    Operation once(int node, String user, Act asked) throws InterruptedException {
        Recorded call = begin(user);
        Door.Reply reply = ask(node, user, asked);
        Outcome outcome = asked instanceof Act.SetDisabled ? outcomeForAdministrator(reply) : outcomeOf(reply);
        return end(call, told(asked, outcome, reply), outcome);
    }

    private Door.Reply ask(int node, String user, Act act) throws InterruptedException {
        Door door = cluster.door(node);
        Tokens tokens = recorder.tokens();
        return switch (act) {
            case Act.Register registration -> door.register(user, secret(registration.password()), null);
            case Act.Login login -> door.login(user, secret(login.password()));
            case Act.Me(Session session) -> door.me(tokens.of(session));
            case Act.EndSessions(Session session) -> door.logout(tokens.of(session));
            case Act.ChangePassword(Session session, int current, int replacement) ->
                door.changePassword(tokens.of(session), secret(current), secret(replacement));
            case Act.Delete(Session session, int password) -> door.delete(tokens.of(session), secret(password));
            case Act.SetDisabled(UUID userId, boolean disabled) -> {
                Optional<String> token = cluster.administrator().token(node);
                yield token.isPresent() ? door.setDisabled(token.get(), userId, disabled) : NOT_ASKED;
            }
        };
    }

    /** The same, with what the answer tells beyond its outcome. */
    private Act told(Act asked, Outcome outcome, Door.Reply reply) {
        if (outcome != Outcome.OK) {
            return asked;
        }
        return switch (asked) {
            case Act.Register(int password, UUID _) -> new Act.Register(password, UUID.fromString(reply.text("id")));
            case Act.Login(int password, Session _) ->
                new Act.Login(password, recorder.tokens().keep(reply.text("access_token")));
            default -> asked;
        };
    }

    private Outcome outcomeOf(Door.Reply reply) {
        return switch (reply.status()) {
            case 200, 201, 204 -> Outcome.OK;
            case 401 -> reply.text("code").equals("invalid-credentials") ? Outcome.INVALID_CREDENTIALS : ofDeadToken();
            case 404 -> Outcome.MISSING;
            case 409 -> Outcome.CONFLICT;
            case 503, Door.NO_ANSWER, Door.NOT_SENT -> ofNoAnswer(reply);
            default -> {
                recorder.surprise(reply.toString());
                yield ofNoAnswer(reply);
            }
        };
    }

    private Outcome ofDeadToken() {
        return cluster.tokensMayExpire() ? Outcome.REFUSED : Outcome.INVALID_TOKEN;
    }

    private static Outcome ofNoAnswer(Door.Reply reply) {
        return reply.isNotApplied() ? Outcome.REFUSED : Outcome.UNKNOWN;
    }

    private Outcome outcomeForAdministrator(Door.Reply reply) {
        Outcome outcome = outcomeOf(reply);
        if (outcome == Outcome.INVALID_TOKEN) {
            recorder.surprise("the administrator's token is dead");
        }
        if (reply.status() == 401) {
            cluster.administrator().forgetToken();
            return Outcome.REFUSED;
        }
        return outcome;
    }

    /** A call that has begun. */
    private record Recorded(String user, long sinceNanos, boolean duringFault) {}

    private Recorded begin(String user) {
        boolean duringFault = recorder.isFaulty();
        return new Recorded(user, System.nanoTime(), duringFault);
    }

    private Operation end(Recorded call, Act act, Outcome outcome) {
        Operation operation = new Operation(client, act, call.user(), call.sinceNanos(), System.nanoTime(), outcome);
        recorder.add(operation, call.duringFault());
        return operation;
    }

    private int anyNode() {
        return random.nextInt(Cluster.SIZE) + 1;
    }

    private static String secret(int password) {
        return "secret-of-" + password;
    }
}
