package io.muster.users;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Takes down what each Argon2id hash costs, and lets a test act after one. */
final class ObservedPool extends HashPool {

    final List<HashParameters> costs = new CopyOnWriteArrayList<>();
    Runnable afterHash = () -> {};

    private final Argon2 observed;

    ObservedPool(HashParameters parameters) {
        super(parameters, 2, 64, Duration.ofMinutes(1));
        Argon2Function function = new JavaArgon2(parameters);
        observed = new Argon2(
                (tag, password, salt, secret, cost, lanes) -> {
                    costs.add(cost);
                    function.fill(tag, password, salt, secret, cost, lanes);
                },
                Peppers.NONE);
    }

    @Override
    <T> T run(Function<Argon2, T> hashing, Deadline deadline) {
        return passedOn(super.run(_ -> compute(hashing), deadline));
    }

    @Override
    <T> T runCommitted(Function<Argon2, T> hashing, Deadline deadline) {
        return passedOn(super.runCommitted(_ -> compute(hashing), deadline));
    }

    private synchronized <T> T compute(Function<Argon2, T> hashing) {
        return hashing.apply(observed);
    }

    private <T> T passedOn(T result) {
        afterHash.run();
        return result;
    }
}
