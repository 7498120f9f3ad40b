import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how long after the leader's death a register succeeds again, at whichever survivor is first. */
final class Failover {

    private static final Duration CALM = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final long PATIENCE_SECONDS = 60;

    private final Replicas replicas;
    private final Registry registry = new Registry();
    private final AtomicInteger users = new AtomicInteger();

    Failover(Replicas replicas) {
        this.replicas = replicas;
    }

    /** Prints every time, and the median. True if all succeeded. */
    boolean measure(int times) throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        while (millis.size() < times) {
            Thread.sleep(CALM);
            OptionalInt leader = replicas.leader();
            if (leader.isEmpty()) {
                continue;
            }
            long time;
            try {
                time = killAndWait(leader.getAsInt());
            } catch (TimeoutException e) {
                System.out.println("no register succeeded within " + PATIENCE_SECONDS + " s");
                return false;
            }
            millis.add(time);
            System.out.println("leader node" + leader.getAsInt() + " killed: next register after " + time + " ms");
            replicas.start(leader.getAsInt());
            replicas.awaitReady();
        }
        Collections.sort(millis);
        System.out.println("median of " + times + ": " + millis.get(times / 2) + " ms, highest "
                + millis.getLast() + " ms");
        return true;
    }

    private long killAndWait(int leader) throws InterruptedException, TimeoutException {
        CompletableFuture<Long> succeeded = new CompletableFuture<>();
        long startNanos = System.nanoTime();
        replicas.kill(leader);
        for (int id = 1; id <= Replicas.COUNT; id++) {
            int survivor = id;
            if (id != leader) {
                Thread.startVirtualThread(() -> tryUntilDone(survivor, succeeded));
            }
        }
        try {
            return TimeUnit.NANOSECONDS.toMillis(succeeded.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - startNanos);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            succeeded.cancel(false);
        }
    }

    private void tryUntilDone(int replica, CompletableFuture<Long> succeeded) {
        try {
            while (!succeeded.isDone()) {
                int number = users.incrementAndGet();
                if (registry.registerOnce(new User("failover" + number, number), replica)) {
                    succeeded.complete(System.nanoTime());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            succeeded.completeExceptionally(e);
        }
    }
}
