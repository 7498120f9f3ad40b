package io.muster.chaos;

import io.muster.history.SharedName;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Names of accounts with which several clients do whatever can be done, a few at a time. Thread-safe. */
final class SharedNames {

    private static final int AT_A_TIME = 4;
    private static final int ACTS_OF_ONE = 60;
    private static final String PREFIX = "shared-";

    private final List<SharedName> names = new ArrayList<>();

    SharedNames() {
        while (names.size() < AT_A_TIME) {
            add();
        }
    }

    private void add() {
        names.add(new SharedName(PREFIX + names.size()));
    }

    synchronized SharedName pick(RandomGenerator random) {
        SharedName picked = names.get(names.size() - 1 - random.nextInt(AT_A_TIME));
        if (picked.acts() >= ACTS_OF_ONE) {
            add();
        }
        return picked;
    }

    boolean contain(String name) {
        return name.startsWith(PREFIX);
    }

    synchronized List<SharedName> all() {
        return List.copyOf(names);
    }
}
