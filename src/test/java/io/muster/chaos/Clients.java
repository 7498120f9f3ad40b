package io.muster.chaos;

import io.muster.chaos.Workload.Task;
import io.muster.history.Act;
import io.muster.history.SharedName;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Clients at work, each of them one call at a time, until they are closed. */
final class Clients implements AutoCloseable {

    private static final int RATE_OF_ONE = 3;
    private static final int MIN_CLIENTS = 6;
    private static final int MAX_CLIENTS = 64;
    private static final Duration LAST_CALLS = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Recorder recorder;
    private final Workload workload;
    private final int count;
    private final long periodNanos;
    private final CountDownLatch ended;
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param rate calls a second of all together, never more
     */
    Clients(Cluster cluster, Recorder recorder, long seed, int rate) {
        this.cluster = cluster;
        this.recorder = recorder;
        this.workload = new Workload(recorder);
        this.count = Math.clamp(rate / RATE_OF_ONE, MIN_CLIENTS, MAX_CLIENTS);
        this.periodNanos = Duration.ofSeconds(count).toNanos() / rate;
        this.ended = new CountDownLatch(count);
        for (int client = 1; client <= count; client++) {
            int id = client;
            var _ = Thread.ofVirtual().start(() -> work(id, new Random(seed * MAX_CLIENTS + id)));
        }
    }

    private void work(int client, RandomGenerator random) {
        Calls calls = new Calls(client, cluster, recorder, random);
        try {
            long next = System.nanoTime() + random.nextLong(periodNanos);
            for (int turn = 1; !closed; turn++) {
                LockSupport.parkNanos(next - System.nanoTime());
                next = Math.max(next + periodNanos, System.nanoTime());
                carryOut(calls, workload.next(client, turn, count, random));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            recorder.surprise("a client failed: " + e);
        } finally {
            ended.countDown();
        }
    }

    private static void carryOut(Calls calls, Task task) throws InterruptedException {
        var _ = switch (task) {
            case Task.Register(String user, int password, boolean withKey) ->
                withKey ? calls.registerWithKey(user, password) : calls.registerOnce(user, password);
            case Task.Login(String user, int password) -> calls.login(user, password);
            case Task.WithAccount(SharedName name, Act act) -> calls.withAccount(name, act);
        };
    }

    /** Returns when every call has ended. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (!ended.await(LAST_CALLS.toSeconds(), TimeUnit.SECONDS)) {
            recorder.surprise("a call does not end");
        }
    }
}
