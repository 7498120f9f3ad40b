package io.muster.sim;

import io.muster.history.Act;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import io.muster.users.RegistrySteps;
import io.muster.users.store.User;
import io.muster.users.token.Claims;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Logs a user in on one replica: a read point, a look at the state, a hash, and another look. */
final class Login {

    private static final long LONGEST_HASH = 60 * Simulation.MILLISECOND;
    private static final long LIMIT = 20 * Simulation.SECOND;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final RandomGenerator random;
    private final String name;
    private final int password;
    private final long calledNanos;
    private Outcome outcome = Outcome.REFUSED;
    private @Nullable Claims token;
    private long endedNanos;
    private Consumer<Login> ended = login -> {};

    Login(Simulation simulation, SimulatedCluster cluster, RandomGenerator random, String name, int password) {
        this.simulation = simulation;
        this.cluster = cluster;
        this.random = random;
        this.name = name;
        this.password = password;
        this.calledNanos = simulation.nowNanos();
    }

    void begin(Consumer<Login> whenEnded) {
        ended = whenEnded;
        List<SimulatedReplica> running = cluster.running();
        if (running.isEmpty()) {
            end(Outcome.REFUSED);
            return;
        }
        SimulatedReplica at = running.get(random.nextInt(running.size()));
        RegistrySteps registry = at.registry();
        Incarnation process = at.process();
        Attempt.<Long>begin(simulation, at, LIMIT, replica -> replica.registry().readPoint(), end -> {
            if (end instanceof Attempt.End.Answered<Long>) {
                look(registry, process);
            } else {
                end(Outcome.REFUSED);
            }
        });
    }

    private void look(RegistrySteps registry, Incarnation process) {
        User found = registry.find(name);
        Runnable broken = () -> end(Outcome.REFUSED);
        process.whenEnded(broken);
        simulation.after(
                random.nextLong(LONGEST_HASH),
                () -> process.run(() -> {
                    process.forget(broken);
                    token = registry.login(found, password);
                    end(token == null ? Outcome.INVALID_CREDENTIALS : Outcome.OK);
                }));
    }

    Operation operation(int client) {
        Act login = new Act.Login(password, token == null ? null : AccountCall.session(token));
        return new Operation(client, login, name, calledNanos, endedNanos, outcome);
    }

    private void end(Outcome with) {
        outcome = with;
        endedNanos = simulation.nowNanos();
        ended.accept(this);
    }
}
