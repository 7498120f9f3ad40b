package io.muster.chaos;

import io.muster.history.Operation.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Logs in every user on every replica, when all is well again. */
final class FinalReads {

    private static final int IN_FLIGHT = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Stands in the history for whoever does this. */
    private static final int CLIENT = 0;

    private final Calls calls;
    private final Set<Recorder.Account> lost = ConcurrentHashMap.newKeySet();
    private final Set<Recorder.Account> unanswered = ConcurrentHashMap.newKeySet();

    FinalReads(Cluster cluster, Recorder recorder) {
        this.calls = new Calls(CLIENT, cluster, recorder, new Random(0));
    }

    /**
     * @param acknowledged must be there
     * @param doubtful may be there; the checker of the history says whether all replicas agree
     */
    void read(List<Recorder.Account> acknowledged, List<Recorder.Account> doubtful) throws InterruptedException {
        Semaphore free = new Semaphore(IN_FLIGHT);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Recorder.Account account : acknowledged) {
                free.acquire();
                threads.execute(() -> read(account, lost, free));
            }
            for (Recorder.Account account : doubtful) {
                free.acquire();
                threads.execute(() -> read(account, ConcurrentHashMap.newKeySet(), free));
            }
        }
    }

    /** Acknowledged users that some replica does not let in. */
    Set<Recorder.Account> lost() {
        return Set.copyOf(lost);
    }

    /** Users about whom some replica says nothing. */
    Set<Recorder.Account> unanswered() {
        return Set.copyOf(unanswered);
    }

    private void read(Recorder.Account account, Set<Recorder.Account> missing, Semaphore free) {
        try {
            for (int node : Cluster.nodes()) {
                switch (insist(node, account)) {
                    case OK -> {}
                    case INVALID_CREDENTIALS -> missing.add(account);
                    case CONFLICT, UNKNOWN, REFUSED -> unanswered.add(account);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unanswered.add(account);
        } finally {
            free.release();
        }
    }

    private Outcome insist(int node, Recorder.Account account) throws InterruptedException {
        long startNanos = System.nanoTime();
        while (true) {
            Outcome outcome = calls.login(node, account.user(), account.password());
            boolean answered = outcome == Outcome.OK || outcome == Outcome.INVALID_CREDENTIALS;
            if (answered || System.nanoTime() - startNanos > PATIENCE.toNanos()) {
                return outcome;
            }
            Thread.sleep(PAUSE);
        }
    }
}
