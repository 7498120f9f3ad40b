package io.muster.users;

import io.muster.node.ConsensusException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The threads that hash, one {@link Argon2} each, and the bounded queue before them. Whoever would wait for a thread longer
 * than {@code maxWait}, as far as can be told, is refused at once by {@link ConsensusException.Overloaded}, and whoever did
 * is dropped unstarted, as is whoever would not be through by his deadline. What has been started goes on until its caller's own
 * deadline, which is later: so that under overload hardly any work is done that nobody waits for. One {@link Origin} has half of
 * the threads at most, where there are several, and waits behind itself, not before others; once it is suspended, those of its calls that
 * wait behind others of it are refused. Thread-safe.
 */
class HashPool implements AutoCloseable {

    private final BlockingQueue<Argon2> idle;
    private final ThreadPoolExecutor threads;
    private final Turns turns;
    private final Duration maxWait;
    private final HashTime hashTime;

    HashPool(HashParameters parameters, int threadCount, int queueCapacity, Duration maxWait) {
        this(parameters, Peppers.NONE, threadCount, queueCapacity, maxWait, new HashTime());
    }

    HashPool(
            HashParameters parameters,
            Peppers peppers,
            int threadCount,
            int queueCapacity,
            Duration maxWait,
            HashTime hashTime) {
        this.maxWait = maxWait;
        this.hashTime = hashTime;
        idle = new ArrayBlockingQueue<>(threadCount);
        Semaphore oneLarge = new Semaphore(1);
        for (int i = 0; i < threadCount; i++) {
            idle.add(new Argon2(new LargeHashes(Argon2Function.fastest(parameters), parameters, oneLarge), peppers));
        }
        turns = new Turns(Math.ceilDiv(threadCount, 2));
        threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueCapacity),
                Thread.ofPlatform().daemon().name("hash-", 1).factory());
    }

    /** Whether whoever came now would wait too long: on this thread, from its {@link Origin}. */
    boolean isCrowded() {
        BlockingQueue<Runnable> waiting = threads.getQueue();
        Origin origin = Origin.current();
        return waiting.remainingCapacity() == 0
                || waitTooLong(waiting.size(), threads.getMaximumPoolSize())
                || (origin != null && waitTooLong(turns.waiting(origin.name()), turns.atOnce()));
    }

    private boolean waitTooLong(int hashes, int atOnce) {
        return hashTime.ofManyNanos(hashes, atOnce) > maxWait.toNanos();
    }

    <T> T run(Function<Argon2, T> hashing, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw tooLate();
        }
        if (isCrowded()) {
            throw tooMany();
        }
        Origin origin = Origin.current();
        return run(
                hashing,
                deadline,
                deadline.before(hashTime.ofManyNanos(1, 1)).orSooner(maxWait),
                () -> origin != null && origin.isSuspended());
    }

    /** The same for what the log holds already: refusing it would help nobody any more. */
    <T> T runCommitted(Function<Argon2, T> hashing, Deadline deadline) {
        return run(hashing, deadline, deadline, () -> false);
    }

    private <T> T run(Function<Argon2, T> hashing, Deadline deadline, Deadline start, BooleanSupplier suspended) {
        FutureTask<T> task = new FutureTask<>(() -> runNow(hashing));
        Origin origin = Origin.current();
        try (Turns.Turn _ = origin == null ? null : turns.await(origin.name(), start)) {
            if (suspended.getAsBoolean()) {
                throw suspended();
            }
            threads.execute(task);
            return await(task, deadline, start);
        } catch (RejectedExecutionException | CancellationException e) {
            throw tooMany();
        } catch (TimeoutException e) {
            throw tooLate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsensusException.Overloaded("interrupted while waiting for a password to be hashed");
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            drop(task);
        }
    }

    private <T> T await(FutureTask<T> task, Deadline deadline, Deadline start)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return task.get(start.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (threads.remove(task)) {
                throw e;
            }
            return task.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private <T> T runNow(Function<Argon2, T> hashing) {
        // Never empty: there are as many as threads.
        Argon2 argon2 = idle.remove();
        long startNanos = System.nanoTime();
        try {
            T result = hashing.apply(argon2);
            hashTime.add(System.nanoTime() - startNanos);
            return result;
        } finally {
            idle.add(argon2);
        }
    }

    private void drop(FutureTask<?> task) {
        if (!task.isDone()) {
            task.cancel(false);
            threads.remove(task);
        }
    }

    private static ConsensusException.Overloaded tooMany() {
        return new ConsensusException.Overloaded("too many passwords wait to be hashed, or this replica is stopping");
    }

    private static ConsensusException.Overloaded tooLate() {
        return new ConsensusException.Overloaded("a password waited too long to be hashed");
    }

    private static ConsensusException.Overloaded suspended() {
        return new ConsensusException.Overloaded(
                "while it waited to be hashed, too many passwords of its client were wrong");
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException cause -> cause;
            case Error cause -> throw cause;
            case null, default -> new IllegalStateException("hashing failed", e);
        };
    }

    /** Stops taking tasks and fails those that wait; a hash that runs may still end. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            ((FutureTask<?>) waiting).cancel(false);
        }
    }
}
