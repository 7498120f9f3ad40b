package io.muster.sim;

import io.muster.history.Act;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import io.muster.node.Consensus;
import io.muster.users.RegistrySteps;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Registers a user, with one key for all attempts, on any replica; or without a key, and then once. */
final class Registration {

    private static final int MAX_ATTEMPTS = 4;
    private static final long LONGEST_BACKOFF = Simulation.SECOND;
    private static final long LIMIT = 8 * Simulation.SECOND;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final RandomGenerator random;
    private final UUID id;
    private final String name;
    private final int password;
    private final long calledNanos;
    private final @Nullable String key;
    private int attempts;
    private boolean mayHaveHappened;
    private Outcome outcome = Outcome.UNKNOWN;
    private long endedNanos = Operation.NEVER;
    private Consumer<Registration> ended = registration -> {};

    Registration(
            Simulation simulation,
            SimulatedCluster cluster,
            RandomGenerator random,
            UUID id,
            String name,
            int password,
            @Nullable String key) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.random = random;
        this.id = id;
        this.name = name;
        this.password = password;
        this.key = key;
        this.calledNanos = simulation.nowNanos();
    }

    void begin(Consumer<Registration> whenEnded) {
        ended = whenEnded;
        attempt();
    }

    Operation operation(int client) {
        return new Operation(client, new Act.Register(password, id), name, calledNanos, endedNanos, outcome);
    }

    private void attempt() {
        List<SimulatedReplica> running = cluster.running();
        attempts++;
        if (running.isEmpty()) {
            retryOrEnd();
            return;
        }
        SimulatedReplica at = running.get(random.nextInt(running.size()));
        Attempt.<Consensus.Committed>begin(
                simulation,
                at,
                LIMIT,
                replica -> replica.registry()
                        .propose(id, name, password, key, replica.clock().wallMillis()),
                this::ended);
    }

    private void ended(Attempt.End<Consensus.Committed> end) {
        switch (end) {
            case Attempt.End.Answered<Consensus.Committed>(Consensus.Committed committed) ->
                end(outcome(RegistrySteps.answer(committed, name, password)));
            case Attempt.End.Refused<Consensus.Committed>() -> retryOrEnd();
            case Attempt.End.Unknown<Consensus.Committed>() -> {
                mayHaveHappened = true;
                retryOrEnd();
            }
        }
    }

    private Outcome outcome(RegistrySteps.Answer answer) {
        return switch (answer) {
            case REGISTERED, REPLAYED -> Outcome.OK;
            case CONFLICT -> Outcome.CONFLICT;
            case KEY_REUSED -> throw simulation.fail("a key belongs to one registration", "for user " + name);
        };
    }

    private void retryOrEnd() {
        boolean mayRetry = key != null || !mayHaveHappened;
        if (mayRetry && attempts < MAX_ATTEMPTS) {
            simulation.after(random.nextLong(LONGEST_BACKOFF), this::attempt);
        } else {
            end(mayHaveHappened ? Outcome.UNKNOWN : Outcome.REFUSED);
        }
    }

    private void end(Outcome with) {
        outcome = with;
        endedNanos = simulation.nowNanos();
        ended.accept(this);
    }
}
