import java.io.IOException;
import java.util.List;
import java.util.Set;

/** See {@code scripts/measure}. */
final class Measure {

    private static final List<String> ALL = List.of("registers", "starts", "logins", "overload", "guesses");

    private Measure() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Run.parse(args, Set.of("--users", "--rounds", "--seconds"), ALL);
        List<String> wanted = options.words().isEmpty() ? ALL : options.words();
        int rounds = options.number("--rounds", 5);
        boolean sound = true;
        if (wanted.contains("registers")) {
            sound = Run.on(Replicas.SMALLEST_HASH, new Registers(rounds)::measure);
        }
        if (sound && wanted.contains("starts")) {
            sound = Run.on(Logins.FULL_HASH, new Starts(rounds, options.number("--users", 100_000))::measure);
        }
        if (sound && wanted.contains("logins")) {
            sound = Run.on(Replicas.SMALLEST_HASH, new Logins(rounds, options.number("--seconds", 10))::measure);
        }
        if (sound && wanted.contains("overload")) {
            sound = Run.on(Logins.FULL_HASH, new Overload()::measure);
        }
        if (sound && wanted.contains("guesses")) {
            sound = Run.on(Guesses.settings(), new Guesses()::measure);
        }
        System.exit(sound ? 0 : 1);
    }
}
