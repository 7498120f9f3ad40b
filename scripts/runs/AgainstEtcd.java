import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Measures registers and logins against UserAdd and Authenticate of etcd 3.4, at equal cost of bcrypt, the two in turn. */
final class AgainstEtcd {

    private static final int WARM_UP_SECONDS = 30;
    private static final int CALLERS = 12 * Runtime.getRuntime().availableProcessors();

    private final int cost;
    private final int rounds;
    private final int seconds;
    private final AtomicInteger users = new AtomicInteger();
    private final Registry registry = new Registry();

    AgainstEtcd(int cost, int rounds, int seconds) {
        this.cost = cost;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    private Map<String, String> settings() {
        return Map.of(
                "MUSTER_PASSWORDS_ALGORITHM", "bcrypt",
                "MUSTER_PASSWORDS_BCRYPT_COST", String.valueOf(cost));
    }

    /** Begins with replicas of the smallest hash. True if all could be measured. */
    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        Regulars cheap = Regulars.cheap(registry, CALLERS);
        replicas.restart(settings());
        cheap.warmUp();
        try (Etcd etcd = new Etcd(cost)) {
            Rate.Call register = caller -> registry.registerOnce(newUser(), Replicas.inTurn(caller));
            Rate.Call add = caller -> etcd.add(newUser(), Replicas.inTurn(caller));
            List<User> known = known(etcd);
            Rate.Call login = caller -> registry.loginOnce(known.get(caller), Replicas.inTurn(caller));
            Rate.Call authenticate = caller -> etcd.authenticate(known.get(caller), Replicas.inTurn(caller));
            Rate.of(CALLERS, Rate.seconds(WARM_UP_SECONDS), register);
            Rate.of(CALLERS, Rate.seconds(WARM_UP_SECONDS), login);
            compare("registers", register, "UserAdd", add);
            compare("logins", login, "Authenticate", authenticate);
            return true;
        }
    }

    private List<User> known(Etcd etcd) throws InterruptedException {
        List<User> known = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            User user = newUser();
            if (!registry.registerOnce(user, Replicas.inTurn(caller)) || !etcd.add(user, Replicas.inTurn(caller))) {
                throw new IllegalStateException("a user could not be made");
            }
            known.add(user);
        }
        return known;
    }

    private User newUser() {
        int number = users.incrementAndGet();
        return new User("user" + number, number);
    }

    private void compare(String ours, Rate.Call call, String theirs, Rate.Call other) throws InterruptedException {
        List<Double> mine = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            others.add(Rate.of(CALLERS, over(), other));
            mine.add(Rate.of(CALLERS, over(), call));
        }
        System.out.println("bcrypt of cost " + cost + ", " + CALLERS + " callers; " + ours + " a second: " + mine);
        System.out.println("etcd's " + theirs + " a second: " + others);
        System.out.printf(
                "medians of %d: %.1f %s and %.1f %s a second: %.2f times%n",
                rounds, Median.of(mine), ours, Median.of(others), theirs, Median.of(mine) / Median.of(others));
    }

    private BooleanSupplier over() {
        return Rate.seconds(seconds);
    }
}
