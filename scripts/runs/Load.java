import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Registers users through all replicas in turn, evenly, and never faster than its rate. */
final class Load {

    private static final int MAX_IN_FLIGHT = 128;

    private final Registry registry;
    private final Tally tally;
    private final long periodNanos;

    Load(Registry registry, Tally tally, int perSecond) {
        this.registry = registry;
        this.tally = tally;
        this.periodNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    }

    /** Returns when all users are done with, or, after {@code stop}, all that were begun. */
    void run(Iterator<User> users, BooleanSupplier stop) throws InterruptedException {
        Semaphore free = new Semaphore(MAX_IN_FLIGHT);
        long next = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (users.hasNext() && !stop.getAsBoolean()) {
                free.acquire();
                next = Math.max(next + periodNanos, System.nanoTime());
                LockSupport.parkNanos(next - System.nanoTime());
                User user = users.next();
                tally.begin();
                threads.submit(() -> {
                    try {
                        tally.add(user, registry.register(user, Replicas.inTurn(user.number())));
                    } finally {
                        free.release();
                    }
                    return null;
                });
            }
        }
    }
}
