package io.muster.sim;

import io.muster.node.Workers;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The threads of one incarnation. */
final class SimulatedWorkers implements Workers {

    private static final long LOOP_NANOS = 100 * Simulation.MICROSECOND;
    private static final long APPLY_NANOS = 500 * Simulation.MICROSECOND;

    private final Simulation simulation;
    private final Incarnation process;
    private final SimulatedClock clock;
    private final RandomGenerator random;
    private final SerialWorker loop;
    private final SerialWorker persister;
    private final SerialWorker applier;
    private final SerialWorker fetcher;

    SimulatedWorkers(Simulation simulation, Incarnation process, RandomGenerator random) {
        SimulatedReplica replica = process.replica();
        DiskConditions disk = replica.disk().conditions();
        this.simulation = simulation;
        this.process = process;
        this.clock = replica.clock();
        this.random = random;
        this.loop = new SerialWorker(simulation, process, () -> random.nextLong(LOOP_NANOS), () -> false);
        this.persister = new SerialWorker(simulation, process, () -> disk.writeNanos(random), disk::stalled);
        this.applier = new SerialWorker(
                simulation, process, () -> random.nextLong(APPLY_NANOS * replica.applySlowdown()), () -> false);
        this.fetcher = new SerialWorker(simulation, process, () -> disk.readNanos(random), disk::stalled);
    }

    @Override
    public SerialWorker loop() {
        return loop;
    }

    @Override
    public SerialWorker persister() {
        return persister;
    }

    @Override
    public SerialWorker applier() {
        return applier;
    }

    @Override
    public SerialWorker fetcher() {
        return fetcher;
    }

    @Override
    public void everyOnLoop(Duration interval, Runnable task) {
        simulation.after(random.nextLong(interval.toNanos()), () -> loop.execute(new Periodic(interval, task)));
    }

    /** What a crash finds half done on the disk; null for nothing. */
    @Nullable
    Runnable takeWriteUnderWay() {
        return persister.takeUnderWay();
    }

    private final class Periodic implements Runnable {

        private final long intervalNanos;
        private final Runnable task;

        Periodic(Duration interval, Runnable task) {
            this.intervalNanos = interval.toNanos();
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
            if (process.alive()) {
                simulation.after(clock.toTrue(intervalNanos), () -> loop.execute(this));
            }
        }
    }
}
