package io.muster.chaos;

import io.muster.history.Act;
import io.muster.history.Operation.Outcome;
import io.muster.history.SharedName;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Logs in every user on every replica, and shows every token, when all is well again. */
final class FinalReads {

    private static final int IN_FLIGHT = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Stands in the history for whoever does this. */
    private static final int CLIENT = 0;

    private final Calls calls;
    private final Set<Recorder.Account> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    FinalReads(Cluster cluster, Recorder recorder) {
        this.calls = new Calls(CLIENT, cluster, recorder, new Random(0));
    }

    /**
     * @param acknowledged must be there
     * @param doubtful may be there; the checker of the history says whether all replicas agree
     * @param names likewise
     */
    void read(List<Recorder.Account> acknowledged, List<Recorder.Account> doubtful, List<SharedName> names)
            throws InterruptedException {
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
            for (SharedName name : names) {
                free.acquire();
                threads.execute(() -> read(name, free));
            }
        }
    }

    /** Acknowledged users that some replica does not let in. */
    Set<Recorder.Account> lost() {
        return Set.copyOf(lost);
    }

    /** Users about whom some replica says nothing. */
    Set<String> unanswered() {
        return Set.copyOf(unanswered);
    }

    private void read(Recorder.Account account, Set<Recorder.Account> missing, Semaphore free) {
        Act login = new Act.Login(account.password(), null);
        everywhere(account.user(), List.of(login), free, outcome -> {
            if (outcome == Outcome.INVALID_CREDENTIALS) {
                missing.add(account);
            }
        });
    }

    private void read(SharedName name, Semaphore free) {
        Stream<Act> logins =
                IntStream.rangeClosed(1, name.passwords()).mapToObj(password -> new Act.Login(password, null));
        Stream<Act> tokens = name.sessions().stream().distinct().map(Act.Me::new);
        everywhere(name.name(), Stream.concat(logins, tokens).toList(), free, _ -> {});
    }

    private void everywhere(String user, List<Act> acts, Semaphore free, Consumer<Outcome> outcomes) {
        try {
            for (int node : Cluster.nodes()) {
                for (Act act : acts) {
                    outcomes.accept(insist(node, user, act));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unanswered.add(user);
        } finally {
            free.release();
        }
    }

    private Outcome insist(int node, String user, Act act) throws InterruptedException {
        long startNanos = System.nanoTime();
        while (true) {
            Outcome outcome = calls.once(node, user, act).outcome();
            // Where tokens may have expired, one that is refused says nothing, however often it is shown.
            if (outcome.isAnswer() || (act instanceof Act.Me && outcome == Outcome.REFUSED)) {
                return outcome;
            }
            if (System.nanoTime() - startNanos > PATIENCE.toNanos()) {
                unanswered.add(user);
                return outcome;
            }
            Thread.sleep(PAUSE);
        }
    }
}
