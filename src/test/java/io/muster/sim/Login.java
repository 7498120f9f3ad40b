package io.muster.sim;

import io.muster.history.Operation;
import io.muster.history.Operation.Kind;
import io.muster.history.Operation.Outcome;
import io.muster.users.RegistrySteps;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

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
        boolean opened = registry.opens(name, password);
        Runnable broken = () -> end(Outcome.REFUSED);
        process.whenEnded(broken);
        simulation.after(
                random.nextLong(LONGEST_HASH),
                () -> process.run(() -> {
                    process.forget(broken);
                    end(opened && registry.opens(name, password) ? Outcome.OK : Outcome.INVALID_CREDENTIALS);
                }));
    }

    Operation operation(int client) {
        return new Operation(client, Kind.LOGIN, name, password, calledNanos, endedNanos, outcome);
    }

    private void end(Outcome with) {
        outcome = with;
        endedNanos = simulation.nowNanos();
        ended.accept(this);
    }
}
