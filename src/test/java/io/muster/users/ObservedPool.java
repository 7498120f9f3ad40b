package io.muster.users;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Counts hashes, and lets a test act after one. */
final class ObservedPool extends HashPool {

    final AtomicInteger hashes = new AtomicInteger();
    Runnable afterHash = () -> {};

    ObservedPool(HashParameters parameters) {
        super(parameters, 2, 64, Duration.ofMinutes(1));
    }

    @Override
    <T> T run(Function<Argon2, T> hashing, Deadline deadline) {
        return counted(super.run(hashing, deadline));
    }

    @Override
    <T> T runCommitted(Function<Argon2, T> hashing, Deadline deadline) {
        return counted(super.runCommitted(hashing, deadline));
    }

    private <T> T counted(T result) {
        hashes.incrementAndGet();
        afterHash.run();
        return result;
    }
}
