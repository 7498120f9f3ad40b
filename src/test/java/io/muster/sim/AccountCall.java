package io.muster.sim;

import io.muster.history.Act;
import io.muster.history.Act.Session;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import io.muster.users.AccountSteps;
import io.muster.users.AccountSteps.Answer;
import io.muster.users.token.Claims;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One thing that is done with an account, on one replica, once. */
final class AccountCall {

    static final long LIMIT = 30 * Simulation.SECOND;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final RandomGenerator random;
    private final String name;
    private final Act act;
    private final long calledNanos;
    private Outcome outcome = Outcome.UNKNOWN;
    private long endedNanos = Operation.NEVER;

    AccountCall(Simulation simulation, SimulatedCluster cluster, RandomGenerator random, String name, Act act) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.random = random;
        this.name = name;
        this.act = act;
        this.calledNanos = simulation.nowNanos();
    }

    static Session session(Claims token) {
        return new Session(token.userId(), token.epoch());
    }

    static Claims token(Session session) {
        return new Claims(session.userId(), session.epoch());
    }

    void begin(Consumer<AccountCall> whenEnded) {
        List<SimulatedReplica> running = cluster.running();
        if (running.isEmpty()) {
            end(Outcome.REFUSED, whenEnded);
            return;
        }
        SimulatedReplica at = running.get(random.nextInt(running.size()));
        Attempt.<Answer>begin(simulation, at, LIMIT, replica -> answer(replica.accounts()), end -> {
            switch (end) {
                case Attempt.End.Answered<Answer>(Answer answer) -> end(outcome(answer), whenEnded);
                case Attempt.End.Refused<Answer>() -> end(Outcome.REFUSED, whenEnded);
                case Attempt.End.Unknown<Answer>() -> end(Outcome.UNKNOWN, whenEnded);
            }
        });
    }

    private CompletableFuture<Answer> answer(AccountSteps accounts) {
        return switch (act) {
            case Act.Me(Session session) -> accounts.me(token(session));
            case Act.EndSessions(Session session) -> accounts.endSessions(token(session));
            case Act.ChangePassword(Session session, int current, int replacement) ->
                accounts.changePassword(token(session), current, replacement);
            case Act.Delete(Session session, int password) -> accounts.delete(token(session), password);
            case Act.SetDisabled(UUID userId, boolean disabled) ->
                accounts.setDisabled(AccountClients.ADMINISTRATOR, userId, disabled);
            case Act.Register _, Act.Login _ -> throw new IllegalArgumentException("that is no call for an account");
        };
    }

    private Outcome outcome(Answer answer) {
        simulation.require(
                !(act instanceof Act.SetDisabled) || answer != Answer.INVALID_TOKEN,
                "a token that nobody ended is good",
                () -> "the administrator's is refused for " + act);
        return switch (answer) {
            case DONE -> Outcome.OK;
            case INVALID_TOKEN -> Outcome.INVALID_TOKEN;
            case INVALID_CREDENTIALS -> Outcome.INVALID_CREDENTIALS;
            case MISSING -> Outcome.MISSING;
        };
    }

    Operation operation(int client) {
        return new Operation(client, act, name, calledNanos, endedNanos, outcome);
    }

    private void end(Outcome with, Consumer<AccountCall> whenEnded) {
        outcome = with;
        endedNanos = simulation.nowNanos();
        whenEnded.accept(this);
    }
}
