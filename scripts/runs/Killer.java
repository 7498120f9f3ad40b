import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills replicas and starts them again, in a thread of its own; a fault in it ends the process. */
final class Killer {

    /** Chooses the next victim, when all are ready; none: not now. */
    interface Choice {
        OptionalInt next() throws InterruptedException;
    }

    private final Replicas replicas;
    private final Choice choice;
    private final Duration calm;
    private final int limit;
    private final AtomicInteger kills = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Begins.
     *
     * @param calm from when all are ready to the next kill
     * @param limit the number of kills after which it is done
     */
    Killer(Replicas replicas, Choice choice, Duration calm, int limit) {
        this.replicas = replicas;
        this.choice = choice;
        this.calm = calm;
        this.limit = limit;
        this.thread = Thread.ofPlatform().name("killer").start(this::run);
    }

    int kills() {
        return kills.get();
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    /** Returns when the last that it killed is ready again. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void run() {
        try {
            while (!stopped && kills.get() < limit) {
                Thread.sleep(calm);
                OptionalInt victim = choice.next();
                if (victim.isPresent()) {
                    replicas.kill(victim.getAsInt());
                    replicas.start(victim.getAsInt());
                    kills.incrementAndGet();
                    replicas.awaitReady();
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            System.out.println("FAILED: " + e.getMessage());
            System.exit(1);
        }
    }
}
