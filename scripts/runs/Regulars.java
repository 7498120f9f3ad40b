import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Users of several callers, who log in again and again. */
final class Regulars {

    /** For about so long, the JIT compilers of three JVMs take from hashing what they need. */
    private static final int WARM_UP_SECONDS = 240;

    /** A login makes weak hashes anew, some a second; there are enough for the whole of the warm-up. */
    private static final int CHEAP_OF_A_CALLER = 1_000;

    private final Registry registry;
    private final List<List<User>> users;

    private Regulars(Registry registry, List<List<User>> users) {
        this.registry = registry;
        this.users = users;
    }

    /** Those to warm up by, registered while the hash is the smallest. */
    static Regulars cheap(Registry registry, int callers) throws InterruptedException {
        return register(registry, "cheap", callers, CHEAP_OF_A_CALLER);
    }

    /** So many users for each caller. */
    static Regulars register(Registry registry, String name, int callers, int ofACaller) throws InterruptedException {
        List<List<User>> users = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int first = caller * ofACaller;
            users.add(IntStream.range(first, first + ofACaller)
                    .mapToObj(number -> new User(name + number, number))
                    .toList());
        }
        int[] next = new int[callers];
        Rate.of(
                callers,
                caller -> next[caller] == ofACaller,
                caller -> registry.registerOnce(users.get(caller).get(next[caller]++), Replicas.inTurn(caller)));
        return new Regulars(registry, users);
    }

    /** With a costly hash alone, it takes the JVMs many minutes to compile all that stands around it. */
    void warmUp() throws InterruptedException {
        double rate = logIn(WARM_UP_SECONDS);
        System.out.printf("warmed up by %.0f cheap logins%n", rate * WARM_UP_SECONDS);
    }

    /** All at a time, each by one after the other of his users; how many a second. */
    double logIn(int seconds) throws InterruptedException {
        int[] next = new int[users.size()];
        return Rate.of(users.size(), Rate.seconds(seconds), caller -> {
            List<User> own = users.get(caller);
            return registry.loginOnce(own.get(next[caller]++ % own.size()), Replicas.inTurn(caller));
        });
    }
}
