package io.muster.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One thread for each kind of work. They are never interrupted: an interrupt would close the files under them. Periodic
 * tasks keep a fixed delay, so that a paused process does not make up for what it missed.
 */
public final class ThreadWorkers implements Workers, AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final ScheduledExecutorService loop;
    private final ScheduledExecutorService persister;
    private final ScheduledExecutorService applier;
    private final ScheduledExecutorService fetcher;
    private final FatalHandler fatal;

    /**
     * Starts the threads.
     *
     * @param name of the threads, before what they do
     * @param fatal hears of a worker that hangs when all are to stop
     */
    public ThreadWorkers(String name, FatalHandler fatal) {
        this.fatal = fatal;
        this.loop = single(name + "-loop");
        this.persister = single(name + "-persist");
        this.applier = single(name + "-apply");
        this.fetcher = single(name + "-fetch");
    }

    private static ScheduledExecutorService single(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public Executor persister() {
        return persister;
    }

    @Override
    public Executor applier() {
        return applier;
    }

    @Override
    public Executor fetcher() {
        return fetcher;
    }

    @Override
    public void everyOnLoop(Duration interval, Runnable task) {
        var _ = loop.scheduleWithFixedDelay(task, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the loop, then lets the workers finish what they were given, each of the two within a bounded time. */
    @Override
    public void close() {
        stop(List.of(loop));
        stop(List.of(persister, applier, fetcher));
    }

    /** What a worker that hangs still holds must not be closed under it: then the process has to end as it is. */
    private void stop(List<ScheduledExecutorService> executors) {
        executors.forEach(ScheduledExecutorService::shutdown);
        long deadlineNanos = System.nanoTime() + STOP_TIMEOUT.toNanos();
        boolean stopped = true;
        for (ScheduledExecutorService executor : executors) {
            stopped &= awaitUninterruptibly(executor, deadlineNanos);
        }
        if (!stopped) {
            fatal.fatal(new WorkerHungException(
                    "what was under way did not end within " + STOP_TIMEOUT.toSeconds() + " s of the stop"));
        }
    }

    private static boolean awaitUninterruptibly(ScheduledExecutorService executor, long deadlineNanos) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return executor.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
