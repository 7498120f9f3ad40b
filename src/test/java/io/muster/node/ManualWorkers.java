package io.muster.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs a replica's work on the test's thread, when the test says so. */
final class ManualWorkers implements Workers {

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final Queue<Runnable> persister = new ArrayDeque<>();
    private final Queue<Runnable> applier = new ArrayDeque<>();
    private final Queue<Runnable> fetcher = new ArrayDeque<>();
    private final List<Periodic> periodic = new ArrayList<>();
    private boolean diskHeld;
    private boolean fetchesHeld;

    /** Lets nothing become durable until it is released. */
    void holdDisk(boolean held) {
        diskHeld = held;
    }

    /** Lets nothing be fetched until it is released. */
    void holdFetches(boolean held) {
        fetchesHeld = held;
    }

    /** Runs what is due now and everything it leads to; answers whether there was any. */
    boolean runAll() {
        boolean any = false;
        while (runOne(loop)
                || (!diskHeld && runOne(persister))
                || runOne(applier)
                || (!fetchesHeld && runOne(fetcher))) {
            any = true;
        }
        return any;
    }

    /** Runs every periodic task whose interval has passed. */
    void tick(Duration passed) {
        periodic.forEach(task -> task.pass(passed));
    }

    private static boolean runOne(Queue<Runnable> tasks) {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    @Override
    public Executor loop() {
        return loop::add;
    }

    @Override
    public Executor persister() {
        return persister::add;
    }

    @Override
    public Executor applier() {
        return applier::add;
    }

    @Override
    public Executor fetcher() {
        return fetcher::add;
    }

    @Override
    public void everyOnLoop(Duration interval, Runnable task) {
        periodic.add(new Periodic(interval, task));
    }

    private static final class Periodic {

        private final Duration interval;
        private final Runnable task;
        private Duration waited = Duration.ZERO;

        Periodic(Duration interval, Runnable task) {
            this.interval = interval;
            this.task = task;
        }

        void pass(Duration passed) {
            waited = waited.plus(passed);
            if (waited.compareTo(interval) >= 0) {
                waited = Duration.ZERO;
                task.run();
            }
        }
    }
}
