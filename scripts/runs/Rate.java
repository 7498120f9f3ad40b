import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** How often in a second something can be done, by so many at a time. */
final class Rate {

    /** One of many calls. */
    interface Call {
        /** True if it succeeded. */
        boolean run(int caller) throws InterruptedException;
    }

    private Rate() {}

    /**
     * Calls until {@code over}, and answers how many succeeded in a second.
     *
     * @throws IllegalStateException when a call did not succeed
     */
    static double of(int callers, BooleanSupplier over, Call call) throws InterruptedException {
        return of(callers, _ -> over.getAsBoolean(), call);
    }

    /** Likewise, where each caller has an end of his own. */
    static double of(int callers, IntPredicate over, Call call) throws InterruptedException {
        LongAdder succeeded = new LongAdder();
        long startNanos = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                all.add(threads.submit(() -> {
                    while (!over.test(caller)) {
                        if (!call.run(caller)) {
                            throw new IllegalStateException("a request did not succeed");
                        }
                        succeeded.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        }
        return succeeded.sum() * 1e9 / (System.nanoTime() - startNanos);
    }

    /** What is over so many seconds from now. */
    static BooleanSupplier seconds(long seconds) {
        long endNanos = System.nanoTime() + seconds * 1_000_000_000;
        return () -> System.nanoTime() - endNanos >= 0;
    }
}
