package io.muster.chaos;

import io.muster.history.Act;
import io.muster.history.SharedName;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * What clients do: names of their own, names that several want at once, right and wrong passwords, users too early; and with some names
 * whatever can be done with an account.
 */
final class Workload {

    /** So many registers go for one contended name, about at once. */
    private static final int CONTENDERS = 3;

    /** Of a hundred. */
    private static final int WITH_ACCOUNTS = 30;

    private static final int NAMES_AHEAD = 2;
    private static final int WRONG_PASSWORD = 1_000_000;

    private final Recorder recorder;
    private final AtomicInteger contended = new AtomicInteger();

    Workload(Recorder recorder) {
        this.recorder = recorder;
    }

    /** A thing that a client can do next. */
    sealed interface Task {

        /**
         * A register.
         *
         * @param withKey whether to insist, by an Idempotency-Key
         */
        record Register(String user, int password, boolean withKey) implements Task {}

        record Login(String user, int password) implements Task {}

        record WithAccount(SharedName name, Act act) implements Task {}
    }

    /**
     * @param client from 1
     * @param turn of the client, each once
     */
    Task next(int client, int turn, int clients, RandomGenerator random) {
        if (random.nextInt(100) < WITH_ACCOUNTS) {
            SharedName name = recorder.names().pick(random);
            return new Task.WithAccount(name, name.next(random));
        }
        int choice = random.nextInt(100);
        if (choice < 25) {
            return new Task.Register("own-" + client + "-" + turn, client, choice < 20);
        }
        if (choice < 45) {
            return new Task.Register(contendedName(contended.getAndIncrement()), client, choice < 40);
        }
        if (choice < 60) {
            int ahead = random.nextInt(NAMES_AHEAD * CONTENDERS);
            return new Task.Login(contendedName(contended.get() + ahead), random.nextInt(clients) + 1);
        }
        int offset = choice < 70 ? WRONG_PASSWORD : 0;
        Optional<Recorder.Account> known = recorder.acknowledged(random);
        return known.<Task>map(account -> new Task.Login(account.user(), account.password() + offset))
                .orElseGet(() -> new Task.Login("own-" + client + "-" + turn, client));
    }

    private static String contendedName(int number) {
        return "wanted-" + number / CONTENDERS;
    }
}
