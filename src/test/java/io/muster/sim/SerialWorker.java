package io.muster.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other in virtual time. A task takes its time first and then happens all at once. */
final class SerialWorker implements Executor {

    private static final long STALL_CHECK = 5 * Simulation.MILLISECOND;

    private final Simulation simulation;
    private final Incarnation process;
    private final LongSupplier nanosForOne;
    private final BooleanSupplier stalled;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean busy;

    SerialWorker(Simulation simulation, Incarnation process, LongSupplier nanosForOne, BooleanSupplier stalled) {
        this.simulation = simulation;
        this.process = process;
        this.nanosForOne = nanosForOne;
        this.stalled = stalled;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        beginNext();
    }

    private void beginNext() {
        if (!busy && !tasks.isEmpty() && process.alive()) {
            busy = true;
            simulation.after(nanosForOne.getAsLong(), this::finish);
        }
    }

    private void finish() {
        if (stalled.getAsBoolean()) {
            simulation.after(STALL_CHECK, this::finish);
        } else {
            process.run(this::runOne);
        }
    }

    private void runOne() {
        Runnable task = tasks.poll();
        busy = false;
        if (task != null) {
            task.run();
        }
        beginNext();
    }

    /** The task that is under way, taken away; null for none. */
    @Nullable
    Runnable takeUnderWay() {
        return busy ? tasks.poll() : null;
    }
}
