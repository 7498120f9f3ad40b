import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** See {@code scripts/wiped-follower}. */
final class WipedFollower {

    private static final int MANY = 64;
    private static final int SAMPLES = 10;
    private static final Duration REFILL_BOUND = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int LOGINS = 2_000;

    private final Registry registry = new Registry();
    private final AtomicInteger last = new AtomicInteger();
    private final int users;
    private final int rate;
    private final int seconds;

    private WipedFollower(Options options) {
        this.users = options.number("--users", 1_000_000);
        this.rate = options.number("--rate", 200);
        this.seconds = options.number("--seconds", 60);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options =
                Run.parse(args, Set.of("--users", "--rate", "--budget-megabytes", "--seconds"), List.of());
        Map<String, String> settings = new HashMap<>(Replicas.SMALLEST_HASH);
        settings.put("MUSTER_RAFT_LOG_BUDGET", options.number("--budget-megabytes", 16) + "MB");
        System.exit(Run.on(settings, new WipedFollower(options)::tell) ? 0 : 1);
    }

    private boolean tell(Replicas replicas) throws IOException, InterruptedException {
        fill(replicas);
        OptionalInt leader = replicas.leader();
        if (leader.isEmpty()) {
            System.out.println("the replicas do not agree on a leader");
            return false;
        }
        int wiped = Replicas.inTurn(leader.getAsInt());
        Latencies without = Latencies.of(steady(wiped).during(Rate.seconds(seconds)));
        System.out.println("registers while all is well: " + without);
        refill(replicas, leader.getAsInt(), wiped, without);
        return lost(wiped) == 0;
    }

    private void fill(Replicas replicas) throws IOException, InterruptedException {
        print(replicas, "empty");
        for (int sample = 1; sample <= SAMPLES; sample++) {
            long upTo = (long) users * sample / SAMPLES;
            double perSecond = Rate.of(MANY, () -> last.get() >= upTo, caller ->
                    registry.registerOnce(next(), Replicas.inTurn(caller)));
            print(replicas, last + " users, " + Math.round(perSecond) + " a second");
        }
    }

    private void refill(Replicas replicas, int leader, int wiped, Latencies without)
            throws IOException, InterruptedException {
        replicas.kill(wiped);
        replicas.wipe(wiped);
        double from = replicas.meter("raft_commit_index", leader);
        long startNanos = System.nanoTime();
        replicas.start(wiped);
        CompletableFuture<Double> seconds = CompletableFuture.supplyAsync(() -> {
            awaitReady(replicas, wiped, from);
            return (System.nanoTime() - startNanos) / 1e9;
        });
        Latencies meanwhile = Latencies.of(steady(wiped).during(seconds::isDone));
        System.out.println("registers while a follower fetches the state: " + meanwhile);
        System.out.printf("p99 with against without: %.2f%n", meanwhile.p99Millis() / without.p99Millis());
        System.out.printf(
                "from the start of the wiped process until it is ready and has all there was then: %.1f s%n",
                seconds.join());
        print(replicas, "afterwards");
    }

    private static void awaitReady(Replicas replicas, int id, double appliedIndex) {
        BooleanSupplier over = Rate.seconds(REFILL_BOUND.toSeconds());
        try {
            while (!replicas.isReady(id) || replicas.meter("raft_applied_index", id) < appliedIndex) {
                if (over.getAsBoolean()) {
                    throw new IllegalStateException("node" + id + " has not what it needs after " + REFILL_BOUND);
                }
                Thread.sleep(LOOK);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("node" + id + " cannot be asked: " + e, e);
        }
    }

    /** Where the one that is wiped is never asked, so that both runs ask the same two. */
    private SteadyRate steady(int wiped) {
        List<Integer> asked = new ArrayList<>(List.of(1, 2, 3));
        asked.remove(Integer.valueOf(wiped));
        return new SteadyRate(rate, number -> registry.registerOnce(next(), asked.get(number % asked.size())));
    }

    private User next() {
        return user(last.incrementAndGet());
    }

    private static User user(int number) {
        return new User("user" + number, number);
    }

    /** Logs in some of all users at the replica that was wiped. */
    private long lost(int wiped) throws InterruptedException {
        long lost = 0;
        for (int i = 0; i < LOGINS; i++) {
            int number = 1 + (int) ((long) (last.get() - 1) * i / (LOGINS - 1));
            lost += registry.loginOnce(user(number), wiped) ? 0 : 1;
        }
        System.out.println(LOGINS + " users logged in at the replica that was wiped; lost: " + lost);
        return lost;
    }

    private static void print(Replicas replicas, String state) throws IOException {
        List<String> each = new ArrayList<>();
        for (int id = 1; id <= Replicas.COUNT; id++) {
            each.add(String.format(
                    "log %.1f MB, users %.1f MB, resident %d MB",
                    Footprint.bytes(replicas.data(id).resolve("log")) / 1e6,
                    Footprint.bytes(replicas.data(id).resolve("users")) / 1e6,
                    Footprint.residentMegabytes(replicas.pid(id))));
        }
        System.out.println(state + ": " + String.join("; ", each));
    }
}
