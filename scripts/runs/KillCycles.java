import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** See {@code scripts/kill-cycles}. */
final class KillCycles {

    private static final Duration CALM = Duration.ofSeconds(1);

    private KillCycles() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Run.parse(args, Set.of("--cycles", "--seed", "--rate", "--minutes", "--failover"));
        if (options.numbers().containsKey("--failover")) {
            Run.on(replicas -> new Failover(replicas).measure(options.number("--failover", 1)));
        } else {
            Run.on(replicas -> cycles(replicas, options));
        }
    }

    private static boolean cycles(Replicas replicas, Options options) throws InterruptedException {
        int cycles = options.number("--cycles", 200);
        int seed = options.number("--seed", 1);
        System.out.println(cycles + " cycles, seed " + seed);

        Random random = new Random(seed);
        Run run = new Run(replicas, Duration.ofMinutes(options.number("--minutes", 120)));
        Killer killer = new Killer(
                replicas, () -> OptionalInt.of(random.nextInt(Replicas.COUNT) + 1), CALM, cycles);
        run.load(
                options.number("--rate", 100),
                IntStream.iterate(0, i -> i + 1)
                        .mapToObj(i -> new User("user" + i, i))
                        .iterator(),
                killer,
                killer::isDone);
        return run.conclude(true) && killer.kills() == cycles;
    }
}
