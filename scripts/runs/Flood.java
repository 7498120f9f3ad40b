import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Measures what a flood of wrong passwords, all from one address, does to others who log in meanwhile. */
final class Flood {

    private static final int OTHERS = 40;
    private static final int OTHERS_PER_SECOND = 10;
    private static final int FLOOD_PER_SECOND = 500;
    private static final double PART_SENT = 0.95;
    private static final int VICTIMS = 20;
    private static final int WARM_UP_SECONDS = 60;
    private static final Set<Integer> REFUSALS = Set.of(401, 429, 503);
    private static final int SECONDS = 20;
    /** In them the flood opens its connections, and uses up what may fail. */
    private static final int ONSET_SECONDS = 2;

    private final int rounds;
    private final List<Registry> others = new ArrayList<>();
    private final Registry flooder;
    private final Map<Integer, LongAdder> flood = new ConcurrentSkipListMap<>();

    Flood(int rounds) throws IOException {
        this.rounds = rounds;
        for (int other = 0; other < OTHERS; other++) {
            others.add(new Registry(loopback(1, other)));
        }
        flooder = new Registry(loopback(0, 1));
    }

    private static InetAddress loopback(int third, int fourth) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, (byte) third, (byte) (fourth + 1)});
    }

    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Logins.FULL_HASH);
        settings.put("MUSTER_LIMITS_PER_ADDRESS_ENABLED", "true");
        return settings;
    }

    /** True if nobody was elected, and every call of the flood was refused. */
    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        for (int other = 0; other < OTHERS; other++) {
            register(other, user(other));
        }
        for (int victim = 0; victim < VICTIMS; victim++) {
            register(victim, victim(victim));
        }
        var _ = flooded(WARM_UP_SECONDS);
        long term = replicas.term();
        List<SteadyRate.Answer> quiet = new ArrayList<>();
        List<SteadyRate.Answer> flooded = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            quiet.addAll(logins(SECONDS));
            flooded.addAll(flooded(SECONDS));
        }
        long elections = replicas.term() - term;
        System.out.println(OTHERS_PER_SECOND + " logins a second from " + OTHERS + " addresses, while "
                + FLOOD_PER_SECOND + " wrong passwords a second come from one address, and while none do");
        compare("all", flooded, quiet);
        compare("without the first " + ONSET_SECONDS + " seconds of each flood", afterOnset(flooded), afterOnset(quiet));
        System.out.println(elections + " terms more");
        System.out.println("answers to wrong passwords, by status, warm-up included: " + flood);
        return elections == 0 && wasFlooded();
    }

    private void register(int other, User user) throws InterruptedException {
        if (!others.get(other).registerOnce(user, Replicas.inTurn(other))) {
            throw new IllegalStateException("a register did not succeed");
        }
    }

    private static User user(int other) {
        return new User("other" + other, other);
    }

    private static User victim(int number) {
        return new User("victim" + number % VICTIMS, number);
    }

    private List<SteadyRate.Answer> flooded(int seconds) {
        CompletableFuture<List<SteadyRate.Answer>> flood = CompletableFuture.supplyAsync(
                () -> new SteadyRate(FLOOD_PER_SECOND, this::wrong).during(Rate.seconds(seconds)));
        List<SteadyRate.Answer> answers = logins(seconds);
        flood.join();
        return answers;
    }

    private List<SteadyRate.Answer> logins(int seconds) {
        return new SteadyRate(OTHERS_PER_SECOND, number -> {
                    int other = number % OTHERS;
                    return others.get(other).loginOnce(user(other), Replicas.inTurn(number));
                })
                .during(Rate.seconds(seconds));
    }

    private boolean wrong(int number) throws InterruptedException {
        User wrong = new User(victim(number).name(), number + VICTIMS);
        int status = flooder.loginStatus(wrong, Replicas.inTurn(number));
        flood.computeIfAbsent(status, _ -> new LongAdder()).increment();
        return status == 200;
    }

    /** All were refused, and nearly all that were to be sent. */
    private boolean wasFlooded() {
        long sent = flood.values().stream().mapToLong(LongAdder::sum).sum();
        return flood.keySet().stream().allMatch(REFUSALS::contains)
                && sent >= PART_SENT * FLOOD_PER_SECOND * (WARM_UP_SECONDS + rounds * SECONDS);
    }

    private static List<SteadyRate.Answer> afterOnset(List<SteadyRate.Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.dueSeconds() >= ONSET_SECONDS)
                .toList();
    }

    private static void compare(String which, List<SteadyRate.Answer> flooded, List<SteadyRate.Answer> quiet) {
        Latencies with = Latencies.of(flooded);
        Latencies without = Latencies.of(quiet);
        System.out.printf(
                "%s: %s; %s: p99 %.2f times%n", which, with, without, with.p99Millis() / without.p99Millis());
    }
}
