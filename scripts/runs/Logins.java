import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Measures logins and registers with the full hash against what the machine hashes alone, in turn. */
final class Logins {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;

    /** OWASP's minimum, which is the default: named, so that nothing outside decides. */
    static final Map<String, String> FULL_HASH = Map.of(
            "MUSTER_PASSWORDS_ARGON2_MEMORY_KIB", String.valueOf(MEMORY_KIB),
            "MUSTER_PASSWORDS_ARGON2_ITERATIONS", String.valueOf(ITERATIONS));

    /** For about so long, the JIT compilers of three JVMs take from hashing what they need. */
    private static final int CHEAP_WARM_UP_SECONDS = 240;

    private static final int WARM_UP_SECONDS = 30;
    private static final int CALLERS = 12 * Runtime.getRuntime().availableProcessors();
    /** A login makes their hashes anew, some a second; there are enough for the whole of the warm-up. */
    private static final int CHEAP_OF_A_CALLER = 1_000;

    private final int rounds;
    private final int seconds;
    private final Registry registry = new Registry();
    private final AtomicInteger registered = new AtomicInteger();

    Logins(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Begins with replicas of the smallest hash. */
    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        List<List<User>> cheap = register("cheap", CHEAP_OF_A_CALLER);
        replicas.restart(FULL_HASH);
        List<List<User>> users = register("login", 1);
        // With the full hash alone, it takes the JVMs many minutes to compile all that stands around it.
        double warmUp = logins(cheap, CHEAP_WARM_UP_SECONDS);
        System.out.printf("warmed up by %.0f cheap logins%n", warmUp * CHEAP_WARM_UP_SECONDS);
        logins(users, WARM_UP_SECONDS);
        Rate.of(CALLERS, Rate.seconds(WARM_UP_SECONDS), this::register);
        List<Double> logins = new ArrayList<>();
        List<Double> registers = new ArrayList<>();
        List<Double> hashes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            hashes.add(HashRate.alone(MEMORY_KIB, ITERATIONS, seconds));
            logins.add(logins(users, seconds));
            registers.add(Rate.of(CALLERS, Rate.seconds(seconds), this::register));
        }
        System.out.println("Argon2id, " + MEMORY_KIB + " KiB, " + ITERATIONS + " iterations");
        System.out.println("hashes a second, the machine alone: " + hashes);
        compare("logins", logins, hashes);
        compare("registers", registers, hashes);
        return true;
    }

    private void compare(String what, List<Double> rates, List<Double> hashes) {
        System.out.println(what + " a second, three replicas: " + rates);
        System.out.printf(
                "medians of %d: %.1f %s and %.1f hashes a second: %.1f%%%n",
                rounds, Median.of(rates), what, Median.of(hashes), 100 * Median.of(rates) / Median.of(hashes));
    }

    private boolean register(int caller) throws InterruptedException {
        int number = registered.incrementAndGet();
        return registry.registerOnce(new User("more" + number, number), Replicas.inTurn(caller));
    }

    /** So many users for each caller. */
    private List<List<User>> register(String name, int ofACaller) throws InterruptedException {
        List<List<User>> users = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller * ofACaller;
            users.add(IntStream.range(first, first + ofACaller)
                    .mapToObj(number -> new User(name + number, number))
                    .toList());
        }
        int[] next = new int[CALLERS];
        Rate.of(
                CALLERS,
                caller -> next[caller] == ofACaller,
                caller -> registry.registerOnce(users.get(caller).get(next[caller]++), Replicas.inTurn(caller)));
        return users;
    }

    private double logins(List<List<User>> users, int howLong) throws InterruptedException {
        int[] next = new int[CALLERS];
        return Rate.of(CALLERS, Rate.seconds(howLong), caller -> {
            List<User> own = users.get(caller);
            return registry.loginOnce(own.get(next[caller]++ % own.size()), Replicas.inTurn(caller));
        });
    }
}
