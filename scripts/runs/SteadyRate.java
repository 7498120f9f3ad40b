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

    /** How long calls took. */
    record Latencies(int calls, double p50Millis, double p99Millis, double maxMillis) {

        private static Latencies of(List<Double> sortedMillis) {
            int count = sortedMillis.size();
            return new Latencies(
                    count,
                    sortedMillis.get(count / 2),
                    sortedMillis.get(Math.min(count - 1, count * 99 / 100)),
                    sortedMillis.getLast());
        }

        @Override
        public String toString() {
            return String.format(
                    "%d calls, median %.2f ms, p99 %.2f ms, longest %.2f ms", calls, p50Millis, p99Millis, maxMillis);
        }
    }

    private final long periodNanos;
    private final Call call;
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();

    SteadyRate(int perSecond, Call call) {
        this.periodNanos = 1_000_000_000L / perSecond;
        this.call = call;
    }

    /** @throws IllegalStateException when a call did not succeed, or too many wait for their answers */
    Latencies during(BooleanSupplier over) {
        long due = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; !over.getAsBoolean(); number++) {
                LockSupport.parkNanos(due - System.nanoTime());
                begin(threads, number, due);
                due += periodNanos;
            }
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " requests did not succeed");
        }
        return Latencies.of(millis.stream().sorted().toList());
    }

    private void begin(ExecutorService threads, int number, long dueNanos) {
        if (pending.incrementAndGet() > MAX_PENDING) {
            throw new IllegalStateException("more than " + MAX_PENDING + " requests wait for their answers");
        }
        threads.execute(() -> {
            try {
                if (!call.run(number)) {
                    failed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                failed.incrementAndGet();
            }
            millis.add((System.nanoTime() - dueNanos) / 1e6);
            pending.decrementAndGet();
        });
    }
}
