import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** See {@code scripts/measure}. */
final class Measure {

    private static final List<String> ALL = List.of("registers", "starts", "logins", "overload", "guesses", "flood");
    /** Only when they are asked for: one takes long, and one needs what not every machine has. */
    private static final String SATURATION = "saturation";

    private static final String ETCD = "etcd";
    private static final List<String> WORDS = Stream.concat(ALL.stream(), Stream.of(SATURATION, ETCD)).toList();
    private static final List<Integer> BCRYPT_COSTS = List.of(4, 10);

    private Measure() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Run.parse(args, Set.of("--users", "--rounds", "--seconds"), WORDS);
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
        if (sound && wanted.contains("flood")) {
            sound = Run.on(Flood.settings(), new Flood(rounds)::measure);
        }
        if (sound && wanted.contains(SATURATION)) {
            sound = Run.on(Logins.FULL_HASH, new Saturation(options.number("--seconds", 600))::measure);
        }
        if (sound && wanted.contains(ETCD)) {
            sound = againstEtcd(rounds, options.number("--seconds", 10));
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean againstEtcd(int rounds, int seconds) throws IOException, InterruptedException {
        if (!Etcd.isThere()) {
            System.err.println("there is no etcd; install Debian's etcd-server");
            return false;
        }
        boolean sound = true;
        for (int cost : BCRYPT_COSTS) {
            AgainstEtcd run = new AgainstEtcd(cost, rounds, seconds);
            sound = sound && Run.on(Replicas.SMALLEST_HASH, run::measure);
        }
        return sound;
    }
}
