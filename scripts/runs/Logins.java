import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures logins with the full hash against what the machine hashes alone, the two in turn. */
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

    Logins(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Begins with replicas of the smallest hash. */
    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        List<User> cheap = register("cheap");
        replicas.restart(FULL_HASH);
        List<User> users = register("login");
        // With the full hash alone, it takes the JVMs many minutes to compile all that stands around it.
        logins(cheap, WARM_UP_SECONDS);
        logins(users, WARM_UP_SECONDS);
        List<Double> logins = new ArrayList<>();
        List<Double> hashes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            hashes.add(HashRate.alone(MEMORY_KIB, ITERATIONS, seconds));
            logins.add(logins(users, seconds));
        }
        System.out.println("Argon2id, " + MEMORY_KIB + " KiB, " + ITERATIONS + " iterations");
        System.out.println("hashes a second, the machine alone: " + hashes);
        System.out.println("logins a second, three replicas: " + logins);
        System.out.printf(
                "medians of %d: %.1f logins and %.1f hashes a second: %.1f%%%n",
                rounds, Median.of(logins), Median.of(hashes), 100 * Median.of(logins) / Median.of(hashes));
        return true;
    }

    private List<User> register(String name) throws InterruptedException {
        List<User> users = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            User user = new User(name + number, number);
            if (!registry.registerOnce(user, number % Replicas.COUNT + 1)) {
                throw new IllegalStateException("a register did not succeed");
            }
            users.add(user);
        }
        return users;
    }

    private double logins(List<User> users, int howLong) throws InterruptedException {
        return Rate.of(
                CALLERS,
                Rate.seconds(howLong),
                caller -> registry.loginOnce(users.get(caller), caller % Replicas.COUNT + 1));
    }
}
