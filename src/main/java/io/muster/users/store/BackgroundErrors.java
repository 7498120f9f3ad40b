package io.muster.users.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks, every second, whether a flush or a compaction in the background has failed, and reports it once.
 *
 * <p>RocksDB's own listener is no use here: its Java side knows the background error reasons of databases with a
 * write-ahead log only, and loses the others (rocksdbjni 11.8.1, {@code BackgroundErrorReason.fromValue}).
 */
final class BackgroundErrors implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("users-watch").factory());
    private final LongSupplier errorCount;
    private final Consumer<UserStoreException> report;

    private BackgroundErrors(LongSupplier errorCount, Consumer<UserStoreException> report) {
        this.errorCount = errorCount;
        this.report = report;
    }

    /**
     * Starts to look.
     *
     * @param errorCount how many have failed since the start; may throw what is then reported itself
     */
    static BackgroundErrors watch(LongSupplier errorCount, Consumer<UserStoreException> report) {
        BackgroundErrors errors = new BackgroundErrors(errorCount, report);
        var _ = errors.watch.scheduleWithFixedDelay(
                errors::look, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
        return errors;
    }

    private void look() {
        try {
            if (errorCount.getAsLong() > 0) {
                throw new UserStoreException.DiskFailed(
                        "writing the user state to disk failed in the background; the file LOG beside it says why",
                        null);
            }
        } catch (UserStoreException e) {
            close();
            report.accept(e);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
