import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures registers: one at a time and many at a time, with the syncs that they cost. */
final class Registers {

    private static final String SYNCS = "muster_disk_sync_seconds_count";
    private static final int WARM_UP_SECONDS = 10;
    private static final int ONE_AT_A_TIME = 1_000;
    private static final int MANY = 64;
    private static final int MANY_SECONDS = 10;

    private final int rounds;
    private final AtomicInteger users = new AtomicInteger();
    private final Registry registry = new Registry();

    Registers(int rounds) {
        this.rounds = rounds;
    }

    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        Rate.of(MANY, Rate.seconds(WARM_UP_SECONDS), this::registerAnywhere);
        OptionalInt leader = replicas.leader();
        if (leader.isEmpty()) {
            System.out.println("the replicas do not agree on a leader");
            return false;
        }
        System.out.println("with the smallest hash; syncs are those of log and vote, of all replicas together");
        oneAtATime(replicas, "through the leader", leader.getAsInt());
        oneAtATime(replicas, "through a follower", Replicas.inTurn(leader.getAsInt()));
        manyAtATime(replicas);
        if (!replicas.leader().equals(leader)) {
            System.out.println("another has come to lead meanwhile: the figures are void");
            return false;
        }
        return true;
    }

    private void oneAtATime(Replicas replicas, String what, int replica) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        double syncs = -replicas.meter(SYNCS);
        for (int i = 0; i < ONE_AT_A_TIME; i++) {
            long startNanos = System.nanoTime();
            if (!register(replica)) {
                throw new IllegalStateException("a register did not succeed");
            }
            millis.add((System.nanoTime() - startNanos) / 1e6);
        }
        syncs += replicas.meter(SYNCS);
        System.out.printf(
                "one register at a time, %s: median %.2f ms of %d; syncs for each: %.2f%n",
                what, Median.of(millis), ONE_AT_A_TIME, syncs / ONE_AT_A_TIME);
    }

    private void manyAtATime(Replicas replicas) throws IOException, InterruptedException {
        List<Double> rates = new ArrayList<>();
        int before = users.get();
        double syncs = -replicas.meter(SYNCS);
        for (int round = 0; round < rounds; round++) {
            rates.add(Rate.of(MANY, Rate.seconds(MANY_SECONDS), this::registerAnywhere));
        }
        syncs += replicas.meter(SYNCS);
        System.out.printf(
                "%d registers at a time, through all replicas: median of %d rounds %.0f a second %s; syncs for each: %.2f%n",
                MANY, rounds, Median.of(rates), rates.stream().map(Math::round).toList(), syncs / (users.get() - before));
    }

    private boolean registerAnywhere(int caller) throws InterruptedException {
        return register(Replicas.inTurn(caller));
    }

    private boolean register(int replica) throws InterruptedException {
        int number = users.incrementAndGet();
        return registry.registerOnce(new User("user" + number, number), replica);
    }
}
