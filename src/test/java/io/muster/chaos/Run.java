package io.muster.chaos;

import io.muster.history.LinearizabilityChecker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A cluster, its clients, what happens to them, and at the end the truth. */
final class Run {

    /** Fewer answers of those asked for during faults than one in so many, and the run has shown nothing. */
    private static final int VOID_BELOW_ONE_IN = 10;

    /** So much longer than planned may the faults take. */
    private static final int STRETCH = 2;

    private static final int SHOWN = 10;
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Recorder recorder;
    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private final List<String> failures = new ArrayList<>();

    Run(Cluster cluster, Recorder recorder, PrintStream out) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.out = out;
    }

    /** Starts the replicas, and leaves them running. Prints what happens. */
    Verdict carryOut(ChaosOptions options, Schedule schedule) throws InterruptedException {
        try {
            cluster.start();
            cluster.awaitReady();
            try (Clients _ = new Clients(cluster, recorder, options.seed(), options.rate())) {
                Duration bound = options.length().multipliedBy(STRETCH).plus(GRACE);
                int done = new Nemesis(cluster, recorder, out).carryOut(schedule.steps(), bound);
                out.println("elapsed " + elapsedSeconds() + " s: " + done + " of "
                        + schedule.steps().size() + " steps: "
                        + describe(schedule.first(done).counts()));
            }
            cluster.awaitReady();
            readAll();
            reportLogs();
            cluster.requireRunning();
        } catch (IllegalStateException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        judge();
        report(schedule);
        return new Verdict(failures, isVoid(recorder.answeredDuringFaults(), recorder.attemptedDuringFaults()));
    }

    private void readAll() throws InterruptedException {
        FinalReads reads = new FinalReads(cluster, recorder);
        reads.read(
                recorder.acknowledged(), recorder.doubtful(), recorder.names().all());
        out.println("lost: " + reads.lost().size());
        if (!reads.lost().isEmpty()) {
            failures.add("lost "
                    + some(reads.lost().stream().map(Recorder.Account::user).toList()));
        }
        if (!reads.unanswered().isEmpty()) {
            failures.add("not answered at the end: " + some(reads.unanswered()));
        }
    }

    private void reportLogs() throws InterruptedException {
        List<Long> starts = new ArrayList<>();
        for (int node : Cluster.nodes()) {
            starts.add(cluster.door(node).logStart());
        }
        out.println("elapsed " + elapsedSeconds() + " s: logs start behind entries " + starts);
    }

    private static String some(Collection<String> users) {
        return users.size() + " users, such as " + users.stream().limit(SHOWN).toList();
    }

    private void judge() {
        LinearizabilityChecker.check(recorder.history())
                .ifPresentOrElse(
                        violation -> failures.add(violation.toString()), () -> out.println("linearizable: yes"));
        recorder.surprises().stream().limit(SHOWN).forEach(surprise -> failures.add("surprise: " + surprise));
    }

    private void report(Schedule schedule) {
        out.println("faults planned: " + describe(schedule.counts()));
        String outcomes = recorder.outcomes().entrySet().stream()
                .map(count -> count.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + count.getValue())
                .collect(Collectors.joining(", "));
        out.println("elapsed " + elapsedSeconds() + " s: acknowledged "
                + recorder.acknowledged().size() + ", checked "
                + recorder.history().size() + " operations: " + outcomes);
        out.println("elapsed " + elapsedSeconds() + " s: during faults " + recorder.answeredDuringFaults() + " of "
                + recorder.attemptedDuringFaults() + " answered; longest time without a successful write "
                + "%.1f s".formatted(recorder.longestGapNanos() / 1e9));
    }

    static String describe(Map<FaultKind, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey().word() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Whether so few answers of so many attempts show nothing. */
    static boolean isVoid(int answered, int attempted) {
        return answered == 0 || answered * VOID_BELOW_ONE_IN < attempted;
    }

    private long elapsedSeconds() {
        return Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    }
}
