import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures logins and registers with the full hash against what the machine hashes alone, in turn. */
final class Logins {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;

    /** OWASP's minimum, which is the default: named, so that nothing outside decides. */
    static final Map<String, String> FULL_HASH = Map.of(
            "MUSTER_PASSWORDS_ARGON2_MEMORY_KIB", String.valueOf(MEMORY_KIB),
            "MUSTER_PASSWORDS_ARGON2_ITERATIONS", String.valueOf(ITERATIONS));

    private static final int WARM_UP_SECONDS = 30;
    private static final int CALLERS = 12 * Runtime.getRuntime().availableProcessors();

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
        Regulars cheap = Regulars.cheap(registry, CALLERS);
        replicas.restart(FULL_HASH);
        Regulars users = Regulars.register(registry, "login", CALLERS, 1);
        cheap.warmUp();
        users.logIn(WARM_UP_SECONDS);
        Rate.of(CALLERS, Rate.seconds(WARM_UP_SECONDS), this::register);
        List<Double> logins = new ArrayList<>();
        List<Double> registers = new ArrayList<>();
        List<Double> hashes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            hashes.add(HashRate.alone(MEMORY_KIB, ITERATIONS, seconds));
            logins.add(users.logIn(seconds));
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
}
