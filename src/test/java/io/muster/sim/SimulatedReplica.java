package io.muster.sim;

import io.muster.node.FatalHandler;
import io.muster.node.Replica;
import io.muster.node.ReplicaParts;
import io.muster.node.ReplicaStatus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.NodeId;
import io.muster.storage.DataDirectory;
import io.muster.storage.StorageException;
import io.muster.storage.Vote;
import io.muster.users.AccountSteps;
import io.muster.users.RegistrySteps;
import io.muster.users.UserStateMachine;
import io.muster.users.store.MapStoreDisk;
import io.muster.users.store.MapUserStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One machine with its disk and clock, and the process that runs on it, if it does. */
final class SimulatedReplica {

    /** What one process is made of. */
    private record Running(
            Incarnation process,
            SimulatedWorkers workers,
            DataDirectory directory,
            MapUserStore store,
            Replica replica,
            RegistrySteps registry,
            AccountSteps accounts) {}

    private static final long HAND_OVER_NANOS = Simulation.SECOND;
    private static final int RESET_OPERATIONS = 16;
    private static final long LONGEST_WORK = 60 * Simulation.MILLISECOND;
    private static final long STOP_NANOS = 300 * Simulation.MILLISECOND;

    private final Simulation simulation;
    private final NodeId id;
    private final SimulationSettings settings;
    private final Network network;
    private final Watch watch;
    private final RandomGenerator random;
    private final RandomGenerator workTimes;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final MapStoreDisk storeDisk = new MapStoreDisk();
    private final SimulatedClock clock;
    private final ReplicaLog log = new ReplicaLog();
    private int applySlowdown = 1;
    private long cuts;
    private long installs;
    private boolean stopping;
    private boolean diesInstalling;
    private boolean dying;
    private boolean damaged;
    private boolean refused;
    private @Nullable Running running;
    private @Nullable ReplicaStatus status;

    SimulatedReplica(Simulation simulation, NodeId id, SimulationSettings settings, Network network, Watch watch) {
        this.simulation = simulation;
        this.id = id;
        this.settings = settings;
        this.network = network;
        this.watch = watch;
        this.random = simulation.random("replica " + id);
        this.workTimes = simulation.random("work of replica " + id);
        this.clock = new SimulatedClock(simulation, random.nextLong(Simulation.SECOND));
    }

    NodeId id() {
        return id;
    }

    SimulatedDisk disk() {
        return disk;
    }

    SimulatedClock clock() {
        return clock;
    }

    ReplicaLog log() {
        return log;
    }

    int applySlowdown() {
        return applySlowdown;
    }

    void slowApply(int factor) {
        applySlowdown = factor;
    }

    /** Its disk has lost or changed what had been durable: from now on it may refuse to start. */
    void damaged() {
        damaged = true;
    }

    boolean isDamaged() {
        return damaged;
    }

    /** Whether it has refused to start, for good. */
    boolean hasRefused() {
        return refused;
    }

    /** Whether it has been told to stop, and runs yet. */
    boolean isStopping() {
        return stopping;
    }

    /** Lets its process end in the midst of the next snapshot that it installs, or not any more. */
    void dieInstalling(boolean now) {
        diesInstalling = now;
    }

    boolean isRunning() {
        return running != null;
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("node " + id + " does not run");
        }
        return running;
    }

    Incarnation process() {
        return running().process();
    }

    Replica replica() {
        return running().replica();
    }

    MapUserStore store() {
        return running().store();
    }

    RegistrySteps registry() {
        return running().registry();
    }

    AccountSteps accounts() {
        return running().accounts();
    }

    /** What its process knew of itself last. */
    ReplicaStatus status() {
        if (status == null) {
            throw new IllegalStateException("node " + id + " does not run");
        }
        return status;
    }

    /** Term and vote that are durable. */
    Vote vote() {
        return running().directory().vote();
    }

    /** Starts a process; answers whether it runs. */
    boolean start() {
        Incarnation process = new Incarnation(simulation, this);
        try {
            running = boot(process);
        } catch (StorageException e) {
            disk.killed();
            notStarted(e);
            return false;
        }
        status = running.replica().status();
        simulation.say(() -> "node " + id + " starts: " + status());
        process.listens(running.replica());
        network.joined(process);
        watch.started(this);
        running.replica().start();
        return true;
    }

    private Running boot(Incarnation process) {
        DataDirectory directory = DataDirectory.open(disk, settings.identity(id), random::nextLong);
        MapUserStore store = new MapUserStore(storeDisk, directory.logStart());
        UserStateMachine machine = new UserStateMachine(store, settings.requestLifetime());
        ObservedLog observed =
                new ObservedLog(directory.openLog(machine.appliedIndex(), settings.logOptions()), this, process);
        List<Entry> content = observed.content();
        simulation.require(
                log.explains(observed.start().index(), content),
                "durable means durable",
                () -> "node " + id + " finds a log up to " + content.size() + ", and had " + log.lastIndex());
        log.restart(observed.start().index(), content);
        SimulatedWorkers workers = new SimulatedWorkers(simulation, process, random);
        ReplicaParts parts = new ReplicaParts(
                directory,
                observed,
                new ObservedStateMachine(machine, this, process),
                store.snapshots(),
                new ReplicaTransport(network, process, settings.chunkBytes()),
                clock,
                workers,
                fatal(process),
                new TracingObserver(simulation, id));
        Replica replica = new Replica(settings.options(id), parts, random);
        return new Running(
                process,
                workers,
                directory,
                store,
                replica,
                new RegistrySteps(replica, store),
                new AccountSteps(replica, store, () -> work(process)));
    }

    private CompletableFuture<Void> work(Incarnation process) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        simulation.after(workTimes.nextLong(LONGEST_WORK), () -> process.run(() -> done.complete(null)));
        return done;
    }

    private void notStarted(StorageException e) {
        boolean excused = damaged || (e instanceof StorageException.DiskFailed && disk.isFailing());
        simulation.require(excused, "a sound disk starts", () -> "node " + id + " refuses: " + e);
        simulation.say(() -> "node " + id + " does not start: " + e.getMessage());
        refused |= !(e instanceof StorageException.DiskFailed);
    }

    private FatalHandler fatal(Incarnation process) {
        return cause -> {
            if (process.alive()) {
                boolean excused = cause instanceof StorageException && (damaged || dying || disk.isFailing());
                if (cause instanceof SimulationFailure failure) {
                    throw failure;
                }
                simulation.require(excused, "no process ends by itself", () -> "node " + id + ": " + cause);
                simulation.say(() -> "node " + id + " ends: " + cause.getMessage());
                end(false);
                disk.killed();
            }
        };
    }

    /** Ends the process in the middle of what it does; {@code powerLoss} takes what was not synced. */
    void crash(boolean powerLoss) {
        simulation.say(() -> "node " + id + (powerLoss ? " loses its power" : " is killed"));
        Runnable write = running().workers().takeWriteUnderWay();
        end(powerLoss);
        if (write != null) {
            disk.stopAfter(random.nextInt(8));
            write.run();
        }
        if (powerLoss) {
            disk.powerLost(random.nextLong());
        } else {
            disk.killed();
        }
    }

    /** Stops the process as an operator does: it hands over, and lets what is under way end. */
    void stop() {
        simulation.say(() -> "node " + id + " is to stop");
        stopping = true;
        Running stopped = running();
        handOver();
        simulation.after(
                HAND_OVER_NANOS,
                () -> stopped.process().run(() -> {
                    stopped.replica().stop();
                    simulation.after(STOP_NANOS, () -> stopped.process().run(() -> stopped(stopped)));
                }));
    }

    /** Hands leadership over, if it leads. */
    void handOver() {
        Running leading = running();
        leading.process().run(() -> {
            var _ = leading.replica().transferLeadership();
        });
    }

    private void stopped(Running stopped) {
        simulation.say(() -> "node " + id + " has stopped");
        end(false);
        stopped.store().close();
        stopped.directory().close();
        disk.killed();
    }

    private void end(boolean powerLoss) {
        Incarnation process = process();
        process.end();
        network.left(process, powerLoss);
        watch.ended(this);
        running = null;
        status = null;
        stopping = false;
        diesInstalling &= !dying;
        dying = false;
    }

    /** After something has happened in its process. */
    void stepped() {
        ReplicaStatus before = status();
        ReplicaStatus now = replica().status();
        if (!now.equals(before)) {
            status = now;
            watch.stepped(this, before, now);
        }
    }

    /** How often its log was cut. */
    long cuts() {
        return cuts;
    }

    /** How often a snapshot took the place of its log and state. */
    long installs() {
        return installs;
    }

    /** Its log is about to start behind what a snapshot covers. */
    void installing() {
        installs++;
        dying = diesInstalling;
        if (dying && random.nextBoolean()) {
            disk.stopAfter(random.nextInt(RESET_OPERATIONS));
        }
    }

    /** Its log starts there, and its state does not yet. */
    void dieIfDue() {
        if (dying) {
            throw new StorageException.DiskFailed("the process has ended", new IOException("killed"));
        }
    }

    /** Only what the state's own disk holds may leave the log. */
    void cutting(long index) {
        simulation.say(() -> "node " + id + " cuts its log behind " + index);
        cuts++;
        simulation.require(
                index <= storeDisk.appliedIndex(),
                "purged <= flushed",
                () -> "node " + id + " cuts up to " + index + ", and has flushed " + storeDisk.appliedIndex());
    }

    void appended(List<Entry> entries, List<Entry> replaced) {
        watch.appended(this, entries, replaced);
    }

    void applied(List<Entry> entries, List<Bytes> results) {
        watch.applied(this, entries, results);
    }
}
