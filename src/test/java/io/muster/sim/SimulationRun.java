package io.muster.sim;

import io.muster.history.History;
import io.muster.history.LinearizabilityChecker;

/** One seed from its first event to its verdict. */
final class SimulationRun {

    /** For how long faults go on in a seed, unless a test says otherwise: virtual time. */
    static final long FAULTS_NANOS = 90 * Simulation.SECOND;

    private static final long HARD_BOUND = 60 * Simulation.SECOND;
    private static final long PROBE_GAP = 20 * Simulation.MILLISECOND;

    private final Simulation simulation;
    private final SimulatedCluster cluster;
    private final Clients clients;
    private final AccountClients accounts;
    private final Faults faults;
    private final Nemesis nemesis;
    private final long maxEvents;
    private final long faultNanos;
    private long recoveredNanos = -1;

    /**
     * @param nanos how long faults go on, in virtual time
     * @param maxEvents where the run ends without a verdict
     */
    SimulationRun(long seed, long nanos, long maxEvents, boolean traced) {
        this.simulation = new Simulation(seed, new Trace(traced));
        this.maxEvents = maxEvents;
        this.faultNanos = nanos;
        SimulationSettings settings = SimulationSettings.draw(simulation.random("settings"));
        simulation.say(settings::toString);
        this.cluster = new SimulatedCluster(simulation, settings);
        this.clients = new Clients(simulation, cluster, settings);
        this.accounts = new AccountClients(simulation, cluster, settings, clients.history());
        this.faults = new Faults(simulation, cluster, clients, settings);
        this.nemesis = new Nemesis(simulation, faults, settings);
    }

    /** Runs it to its end. */
    SimulationResult run() {
        runUntil(faultNanos);
        if (goesOn()) {
            checkRecovery();
        }
        if (goesOn()) {
            checkEnd();
        }
        return new SimulationResult(
                simulation.nowNanos(),
                simulation.events(),
                simulation.trace().fingerprint(),
                nemesis.counts(),
                cluster.starts(),
                cluster.replicas().stream().mapToLong(SimulatedReplica::cuts).sum(),
                cluster.replicas().stream()
                        .mapToLong(SimulatedReplica::installs)
                        .sum(),
                cluster.elections(),
                cluster.committed().lastIndex(),
                clients.history().size(),
                recoveredNanos,
                simulation.failure());
    }

    private boolean goesOn() {
        return simulation.failure() == null && simulation.events() < maxEvents;
    }

    private void runUntil(long nanos) {
        while (goesOn() && simulation.nowNanos() < nanos && simulation.runNext()) {}
    }

    /** Without faults, a write must succeed soon, and all replicas become equal. */
    private void checkRecovery() {
        nemesis.stop();
        faults.endAll();
        while (goesOn() && cluster.isAnyStopping()) {
            simulation.runNext();
        }
        cluster.startAll();
        simulation.say(() -> "faults have ended");
        long since = simulation.nowNanos();
        probe(since);
        while (goesOn() && recoveredNanos < 0 && simulation.nowNanos() < since + HARD_BOUND) {
            simulation.runNext();
        }
        demand(recoveredNanos >= 0, "a write succeeds once faults have ended");
        clients.stop();
        accounts.stop();
        while (goesOn() && !cluster.isSettled() && simulation.nowNanos() < since + 2 * HARD_BOUND) {
            runUntil(simulation.nowNanos() + Simulation.SECOND);
        }
        demand(cluster.isSettled(), "all replicas catch up once faults have ended");
    }

    private void probe(long since) {
        if (recoveredNanos < 0) {
            clients.probe(succeeded -> {
                if (succeeded && recoveredNanos < 0) {
                    recoveredNanos = simulation.nowNanos() - since;
                }
            });
            simulation.after(PROBE_GAP, () -> probe(since));
        }
    }

    /** What clients saw, and what the replicas hold in the end, is one history. */
    private void checkEnd() {
        History history = clients.finish();
        accounts.finish();
        FinalState end = new FinalState(simulation.nowNanos(), history);
        for (SimulatedReplica replica : cluster.running()) {
            end.read(replica, accounts.names());
        }
        LinearizabilityChecker.check(history).ifPresent(violation -> demand(false, violation.toString()));
    }

    private void demand(boolean holds, String what) {
        if (!holds && goesOn()) {
            try {
                throw simulation.fail(what.contains("\n") ? "the history is linearizable" : what, what);
            } catch (SimulationFailure noted) {
                simulation.say(noted::getMessage);
            }
        }
    }
}
