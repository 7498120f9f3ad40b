import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls at a steady rate, whether or not earlier calls have been answered. A latency counts from when the call was due, so
 * that waiting does not hide it.
 */
final class SteadyRate {

    private static final int MAX_PENDING = 4_096;

    /** One of many calls. */
    interface Call {
        /** True if it succeeded. */
        boolean run(int number) throws InterruptedException;
    }

    /**
     * How a call ended.
     *
     * @param dueSeconds when it was to begin, since the first
     * @param millis from then to its end
     */
    record Answer(double dueSeconds, double millis, boolean succeeded) {}

    private final long periodNanos;
    private final Call call;
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    SteadyRate(int perSecond, Call call) {
        this.periodNanos = 1_000_000_000L / perSecond;
        this.call = call;
    }

    /**
     * Calls until {@code over}, and waits for the answers.
     *
     * @return in the order in which they were answered
     * @throws IllegalStateException when too many wait for their answers
     */
    List<Answer> during(BooleanSupplier over) {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; !over.getAsBoolean(); number++) {
                long due = number * periodNanos;
                LockSupport.parkNanos(start + due - System.nanoTime());
                begin(threads, number, start, due);
            }
        }
        return List.copyOf(answers);
    }

    private void begin(ExecutorService threads, int number, long startNanos, long dueNanos) {
        if (pending.incrementAndGet() > MAX_PENDING) {
            throw new IllegalStateException("more than " + MAX_PENDING + " requests wait for their answers");
        }
        threads.submit(() -> {
            boolean succeeded = call.run(number);
            answers.add(new Answer(dueNanos / 1e9, (System.nanoTime() - startNanos - dueNanos) / 1e6, succeeded));
            return pending.decrementAndGet();
        });
    }
}
