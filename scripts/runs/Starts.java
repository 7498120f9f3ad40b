import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how long a replica takes from its start to ready, and the memory of each. */
final class Starts {

    private static final int MANY = 64;
    private static final int FULL_HASHES = 60;

    private final int rounds;
    private final int users;
    private final Registry registry = new Registry();

    /** @param users to register before the memory is looked at again */
    Starts(int rounds, int users) {
        this.rounds = rounds;
        this.users = users;
    }

    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        printMemory(replicas, "idle, just started");
        printStarts(replicas, "no users");
        replicas.restart(Replicas.SMALLEST_HASH);
        AtomicInteger next = new AtomicInteger();
        Rate.of(MANY, () -> next.get() >= users, caller -> {
            User user = user(next.incrementAndGet());
            return registry.registerOnce(user, Replicas.inTurn(caller));
        });
        printMemory(replicas, "after " + next + " registers with the smallest hash");
        replicas.restart(Logins.FULL_HASH);
        printMemory(replicas, "idle, just started with " + next + " users");
        registerMore(next);
        printMemory(replicas, "after " + next + " users, the last with the full hash");
        printStarts(replicas, next + " users");
        return true;
    }

    private void registerMore(AtomicInteger next) throws InterruptedException {
        for (int i = 0; i < FULL_HASHES; i++) {
            if (!registry.registerOnce(user(next.incrementAndGet()), Replicas.inTurn(i))) {
                throw new IllegalStateException("a register did not succeed");
            }
        }
    }

    private static User user(int number) {
        return new User("user" + number, number);
    }

    private void printStarts(Replicas replicas, String state) throws InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int id = Replicas.inTurn(round);
            replicas.kill(id);
            long startNanos = System.nanoTime();
            replicas.start(id);
            replicas.awaitReady();
            seconds.add((System.nanoTime() - startNanos) / 1e9);
        }
        System.out.printf("kill -9, then start to ready, %s: median of %d %.1f s%n", state, rounds, Median.of(seconds));
    }

    private static void printMemory(Replicas replicas, String state) throws IOException {
        List<String> resident = new ArrayList<>();
        for (int id = 1; id <= Replicas.COUNT; id++) {
            resident.add(Footprint.residentMegabytes(replicas.pid(id)) + " MB");
        }
        System.out.println("resident memory, " + state + ": " + String.join(", ", resident));
    }
}
