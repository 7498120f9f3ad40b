import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how soon registers are as before, after a burst of many more than can be served. */
final class Overload {

    private static final int MANY = 16;
    private static final int CAPACITY_SECONDS = 10;
    private static final int SECONDS = 10;
    private static final int TIMES = 10;
    private static final int CALM_PER_SECOND = 5;
    private static final int AFTER_SECONDS = 30;
    /** A register is as before when it takes no longer than so many times the median before. */
    private static final int AS_BEFORE = 3;

    private final Registry registry = new Registry();
    private final AtomicInteger last = new AtomicInteger();

    boolean measure(Replicas replicas) throws InterruptedException {
        Rate.of(MANY, Rate.seconds(CAPACITY_SECONDS), this::registered);
        double capacity = Rate.of(MANY, Rate.seconds(CAPACITY_SECONDS), this::registered);
        Latencies before = Latencies.of(calls(CALM_PER_SECOND, SECONDS));
        int burst = (int) Math.round(TIMES * capacity);
        List<SteadyRate.Answer> during = calls(burst, SECONDS);
        List<SteadyRate.Answer> after = calls(CALM_PER_SECOND, AFTER_SECONDS);
        System.out.printf("registers with the full hash, all replicas together: %.1f a second%n", capacity);
        System.out.println(CALM_PER_SECOND + " a second before: " + before);
        System.out.printf(
                "a burst of %d a second for %d s: %d acknowledged, %d refused, longest answer %.1f s%n",
                burst,
                SECONDS,
                during.stream().filter(SteadyRate.Answer::succeeded).count(),
                during.stream().filter(answer -> !answer.succeeded()).count(),
                during.stream().mapToDouble(SteadyRate.Answer::millis).max().orElseThrow() / 1000);
        System.out.printf(
                "%d a second after: as before from %.1f s on, %d refused%n",
                CALM_PER_SECOND,
                after.stream()
                        .filter(answer -> !answer.succeeded() || answer.millis() > AS_BEFORE * before.medianMillis())
                        .mapToDouble(SteadyRate.Answer::dueSeconds)
                        .max()
                        .orElse(0),
                after.stream().filter(answer -> !answer.succeeded()).count());
        return true;
    }

    private List<SteadyRate.Answer> calls(int perSecond, int seconds) {
        return new SteadyRate(perSecond, this::registered).during(Rate.seconds(seconds));
    }

    private boolean registered(int caller) throws InterruptedException {
        int number = last.incrementAndGet();
        return registry.registerOnce(new User("user" + number, number), caller % Replicas.COUNT + 1);
    }
}
