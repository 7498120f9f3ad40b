package io.muster.sim;

import io.muster.node.ConsensusException;
import io.muster.node.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One call of a client to one replica: ends by its answer, by the client's patience, or by the end of the process. Whether or
 * not the client still waits, a process that lives must end the call in time.
 */
final class Attempt<T> {

    /** How an attempt ended. */
    sealed interface End<T> {

        record Answered<T>(T value) implements End<T> {}

        /** It took effect nowhere. */
        record Refused<T>() implements End<T> {}

        record Unknown<T>() implements End<T> {}
    }

    /** Longer than the server's, so that its answer is heard; but a paused server's is not. */
    private static final long PATIENCE = SimulationSettings.REQUEST_TIMEOUT.toNanos() * 3 / 2;

    private final Simulation simulation;
    private final Incarnation process;
    private final long limitNanos;
    private final Consumer<End<T>> ended;
    private boolean over;

    private Attempt(Simulation simulation, Incarnation process, long limitNanos, Consumer<End<T>> ended) {
        this.simulation = simulation;
        this.process = process;
        this.limitNanos = limitNanos;
        this.ended = ended;
    }

    /** @param limitNanos how long the call may take in the process, by its own slow or fast clock */
    static <T> void begin(
            Simulation simulation,
            SimulatedReplica at,
            long limitNanos,
            Function<SimulatedReplica, CompletableFuture<T>> call,
            Consumer<End<T>> ended) {
        Incarnation process = at.process();
        Attempt<T> attempt = new Attempt<>(simulation, process, limitNanos, ended);
        Runnable broken = () -> attempt.end(new End.Unknown<>());
        process.whenEnded(broken);
        simulation.after(PATIENCE, broken);
        process.run(() -> {
            CompletableFuture<T> future = call.apply(at);
            attempt.mustEnd(future, simulation.nowNanos());
            var _ = future.whenComplete((value, failure) -> {
                process.forget(broken);
                attempt.end(failure == null ? new End.Answered<>(value) : attempt.failed(Failures.cause(failure)));
            });
        });
    }

    private End<T> failed(Throwable failure) {
        return switch (failure) {
            case ConsensusException.NoQuorum refused -> new End.Refused<>();
            case ConsensusException.Overloaded refused -> new End.Refused<>();
            case ConsensusException.OutcomeUnknown unknown -> new End.Unknown<>();
            case Throwable other ->
                throw simulation.fail("calls fail as their port says", "node " + process.id() + ": " + other);
        };
    }

    private void end(End<T> end) {
        if (!over) {
            over = true;
            ended.accept(end);
        }
    }

    /** A pause of the process counts for nothing. */
    private void mustEnd(CompletableFuture<T> future, long sinceNanos) {
        simulation.at(sinceNanos + limitNanos, () -> {
            if (!future.isDone() && process.alive()) {
                long pausedNanos = process.lastPausedNanos();
                simulation.require(
                        pausedNanos > sinceNanos,
                        "every call ends",
                        () -> "a call to node " + process.id() + " has not ended since " + sinceNanos / 1e9 + " s");
                mustEnd(future, pausedNanos + 1);
            }
        });
    }
}
