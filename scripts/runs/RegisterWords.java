import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** See {@code scripts/register-words}. */
final class RegisterWords {

    private static final int MAX_RATE = 300;
    private static final Duration CALM = Duration.ofSeconds(5);

    private RegisterWords() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Run.parse(args, Set.of("--limit", "--rate", "--minutes"));
        Path list = Path.of(options.words().isEmpty() ? "/usr/share/dict/words" : options.words().getFirst());
        List<User> users = users(list, options.number("--limit", Integer.MAX_VALUE));
        int rate = Math.min(MAX_RATE, options.number("--rate", MAX_RATE));
        System.out.println(users.size() + " words of " + list + ", at most " + rate + " a second");

        Run.on(replicas -> {
            Run run = new Run(replicas, Duration.ofMinutes(options.number("--minutes", 60)));
            Killer killer = new Killer(replicas, replicas::leader, CALM, Integer.MAX_VALUE);
            Iterator<User> queue = users.iterator();
            run.load(rate, queue, killer, () -> false);
            if (queue.hasNext()) {
                System.out.println("the time was over before the end of the list");
            }
            return run.conclude(false);
        });
    }

    private static List<User> users(Path list, int limit) throws IOException {
        List<User> users = new ArrayList<>();
        for (String word : Files.readAllLines(list)) {
            if (!word.isBlank() && users.size() < limit) {
                users.add(new User(word.strip(), users.size()));
            }
        }
        return users;
    }
}
