import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures how soon registers are as before, after a burst of many more than can be served. */
final class Overload {

    private static final int MANY = 16;
    private static final int CAPACITY_SECONDS = 10;
    private static final int BURST_SECONDS = 10;
    private static final int TIMES = 10;
    private static final int CALM_PER_SECOND = 5;
    private static final int AFTER_SECONDS = 30;
    /** A register is as before when it takes no longer than so many times the median before. */
    private static final int AS_BEFORE = 3;

    private final Registry registry = new Registry();
    private final AtomicInteger last = new AtomicInteger();

    /** True if registers were as before at the end. */
    boolean measure(Replicas replicas) throws InterruptedException {
        Rate.of(MANY, Rate.seconds(CAPACITY_SECONDS), this::registered);
        double capacity = Rate.of(MANY, Rate.seconds(CAPACITY_SECONDS), this::registered);
        Latencies before = Latencies.of(calls(CALM_PER_SECOND, BURST_SECONDS));
        int burst = (int) Math.round(TIMES * capacity);
        CompletableFuture<List<SteadyRate.Answer>> calm =
                CompletableFuture.supplyAsync(() -> calls(CALM_PER_SECOND, BURST_SECONDS + AFTER_SECONDS));
        List<SteadyRate.Answer> during = calls(burst, BURST_SECONDS);
        List<SteadyRate.Answer> others = calm.join();
        System.out.printf("registers with the full hash, all replicas together: %.1f a second%n", capacity);
        System.out.println(CALM_PER_SECOND + " a second before: " + before);
        System.out.printf(
                "a burst of %d a second for %d s: %d acknowledged, %d refused, longest answer %.1f s%n",
                burst,
                BURST_SECONDS,
                during.stream().filter(SteadyRate.Answer::succeeded).count(),
                during.stream().filter(answer -> !answer.succeeded()).count(),
                during.stream().mapToDouble(SteadyRate.Answer::millis).max().orElseThrow() / 1000);
        double disturbed = lastDisturbed(others, before);
        System.out.printf(
                "%d a second beside it and after: %d refused; as before from %.1f s after the end of the burst on%n",
                CALM_PER_SECOND,
                others.stream().filter(answer -> !answer.succeeded()).count(),
                Math.max(0, disturbed - BURST_SECONDS));
        return disturbed < BURST_SECONDS + AFTER_SECONDS - 1;
    }

    /** When the last call began that was refused or slow, in seconds since the burst began; 0 where there is none. */
    private static double lastDisturbed(List<SteadyRate.Answer> answers, Latencies before) {
        return answers.stream()
                .filter(answer -> !answer.succeeded() || answer.millis() > AS_BEFORE * before.medianMillis())
                .mapToDouble(SteadyRate.Answer::dueSeconds)
                .max()
                .orElse(0);
    }

    private List<SteadyRate.Answer> calls(int perSecond, int seconds) {
        return new SteadyRate(perSecond, this::registered).during(Rate.seconds(seconds));
    }

    private boolean registered(int caller) throws InterruptedException {
        int number = last.incrementAndGet();
        return registry.registerOnce(new User("user" + number, number), Replicas.inTurn(caller));
    }
}
