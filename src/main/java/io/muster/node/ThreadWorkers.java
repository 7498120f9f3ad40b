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

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ScheduledExecutorService loop;
    private final ScheduledExecutorService persister;
    private final ScheduledExecutorService applier;
    private final ScheduledExecutorService fetcher;

    /** @param name of the threads, before what they do */
    public ThreadWorkers(String name) {
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

    /** Ends the loop, then lets each worker finish what it was given. */
    @Override
    public void close() {
        for (ScheduledExecutorService executor : List.of(loop, persister, applier, fetcher)) {
            executor.shutdown();
            awaitQuietly(executor);
        }
    }

    private static void awaitQuietly(ScheduledExecutorService executor) {
        try {
            if (!executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("a worker did not stop within " + STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
