import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures whether the time of a refused login tells why it was refused. */
final class Guesses {

    private static final int EACH = 500;
    /** So many guesses at one account do not lock it yet. */
    private static final int BEFORE_A_LOCK = 9;

    private static final int WARM_UP = 50;
    private static final int REPLICA = 1;
    private static final User ADMINISTRATOR = new User("root", 0);
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    /** Kolmogorov and Smirnov, two samples of that size: at most so far apart, in 19 of 20 runs, if they do not differ. */
    private static final double CRITICAL = 1.358 * Math.sqrt(2.0 / EACH);

    private final Registry registry = new Registry();

    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Logins.FULL_HASH);
        settings.put("MUSTER_ADMIN_USERNAME", ADMINISTRATOR.name());
        settings.put("MUSTER_ADMIN_PASSWORD", ADMINISTRATOR.password());
        settings.put("MUSTER_LIMITS_PER_ACCOUNT_FIRST_LOCK", "15m");
        settings.put("MUSTER_PASSWORDS_HASH_THREADS", "1");
        return settings;
    }

    /** True if none of them can be told from the others. */
    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        for (int i = 0; i <= EACH / BEFORE_A_LOCK; i++) {
            register(new User("wrong" + i, i));
        }
        User locked = register(new User("locked", 1));
        User disabled = register(new User("disabled", 2));
        disable(disabled);
        for (int i = 0; i <= BEFORE_A_LOCK; i++) {
            refused(new User(locked.name(), 99));
        }
        for (int i = 0; i < WARM_UP; i++) {
            refused(new User("nobody", i));
        }
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int i = 0; i < EACH; i++) {
            time("wrong password", new User("wrong" + i / BEFORE_A_LOCK, i + 100_000), millis);
            time("unknown name", new User("nobody" + i, i), millis);
            time("locked, right password", locked, millis);
            time("disabled, right password", disabled, millis);
        }
        return report(millis);
    }

    private User register(User user) throws InterruptedException {
        if (!registry.registerOnce(user, REPLICA)) {
            throw new IllegalStateException("a register did not succeed");
        }
        return user;
    }

    private void disable(User user) throws IOException, InterruptedException {
        String token = found(TOKEN, registry.loginBody(ADMINISTRATOR, REPLICA));
        String id = found(ID, registry.loginBody(user, REPLICA));
        if (registry.patch("/users/" + id, token, "{\"disabled\":true}", REPLICA) != 200) {
            throw new IllegalStateException("a user could not be disabled");
        }
    }

    private static String found(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        if (!matcher.find()) {
            throw new IllegalStateException("a login did not succeed");
        }
        return matcher.group(1);
    }

    private void refused(User user) throws InterruptedException {
        if (registry.loginOnce(user, REPLICA)) {
            throw new IllegalStateException("a login succeeded that should not");
        }
    }

    private void time(String kind, User user, Map<String, List<Double>> millis) throws InterruptedException {
        long startNanos = System.nanoTime();
        refused(user);
        millis.computeIfAbsent(kind, _ -> new ArrayList<>()).add((System.nanoTime() - startNanos) / 1e6);
    }

    private static boolean report(Map<String, List<Double>> millis) {
        millis.forEach((kind, times) -> {
            List<Double> sorted = times.stream().sorted().toList();
            System.out.printf(
                    "%-26s %d: p10 %.2f, median %.2f, p90 %.2f, p99 %.2f ms%n",
                    kind, sorted.size(), at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99));
        });
        boolean alike = true;
        List<String> kinds = List.copyOf(millis.keySet());
        for (int one = 0; one < kinds.size(); one++) {
            for (int other = one + 1; other < kinds.size(); other++) {
                double apart = apart(millis.get(kinds.get(one)), millis.get(kinds.get(other)));
                alike &= apart <= CRITICAL;
                System.out.printf("%s against %s: D = %.3f%n", kinds.get(one), kinds.get(other), apart);
            }
        }
        System.out.printf("alike at the level of 5 %% up to D = %.3f%n", CRITICAL);
        return alike;
    }

    private static double at(List<Double> sorted, double part) {
        return sorted.get((int) (part * (sorted.size() - 1)));
    }

    /** The largest distance of the two distribution functions. */
    private static double apart(List<Double> one, List<Double> other) {
        double largest = 0;
        List<Double> all = new ArrayList<>(one);
        all.addAll(other);
        for (double limit : all) {
            largest = Math.max(largest, Math.abs(below(one, limit) - below(other, limit)));
        }
        return largest;
    }

    private static double below(List<Double> times, double limit) {
        return times.stream().filter(time -> time <= limit).count() / (double) times.size();
    }
}
