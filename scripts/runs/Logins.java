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

    private static final int CALLERS = 12 * Runtime.getRuntime().availableProcessors();

    private final int rounds;
    private final int seconds;

    Logins(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        Registry registry = new Registry();
        for (int number = 0; number < CALLERS; number++) {
            if (!registry.registerOnce(user(number), number % Replicas.COUNT + 1)) {
                throw new IllegalStateException("a register did not succeed");
            }
        }
        List<Double> logins = new ArrayList<>();
        List<Double> hashes = new ArrayList<>();
        logins(registry);
        for (int round = 0; round < rounds; round++) {
            hashes.add(HashRate.alone(MEMORY_KIB, ITERATIONS, seconds));
            logins.add(logins(registry));
        }
        System.out.println("Argon2id, " + MEMORY_KIB + " KiB, " + ITERATIONS + " iterations");
        System.out.println("hashes a second, the machine alone: " + hashes);
        System.out.println("logins a second, three replicas: " + logins);
        System.out.printf(
                "medians of %d: %.1f logins and %.1f hashes a second: %.1f%%%n",
                rounds, Median.of(logins), Median.of(hashes), 100 * Median.of(logins) / Median.of(hashes));
        return true;
    }

    private double logins(Registry registry) throws InterruptedException {
        return Rate.of(
                CALLERS,
                Rate.seconds(seconds),
                caller -> registry.loginOnce(user(caller), caller % Replicas.COUNT + 1));
    }

    private static User user(int number) {
        return new User("login" + number, number);
    }
}
