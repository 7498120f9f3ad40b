import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Logs in with the full hash, on all replicas, more than the machine can hash: counts elections, and entries of the log. */
final class Saturation {

    private static final int CALLERS = 24 * Runtime.getRuntime().availableProcessors();

    private final int seconds;
    private final Registry registry = new Registry();

    Saturation(int seconds) {
        this.seconds = seconds;
    }

    /** True if nobody was elected, and nothing was written. */
    boolean measure(Replicas replicas) throws IOException, InterruptedException {
        List<User> users = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            User user = new User("user" + caller, caller);
            if (!registry.registerOnce(user, Replicas.inTurn(caller)) || !registry.loginOnce(user, Replicas.inTurn(caller))) {
                throw new IllegalStateException("a user could not log in");
            }
            users.add(user);
        }
        long term = replicas.term();
        long index = replicas.lastIndex();
        double rate = Rate.of(
                CALLERS, Rate.seconds(seconds), caller -> registry.loginOnce(users.get(caller), Replicas.inTurn(caller)));
        long elections = replicas.term() - term;
        long entries = replicas.lastIndex() - index;
        System.out.printf(
                "%d callers for %d s, full hash: %.0f logins, %d terms more, %d entries more in the log%n",
                CALLERS, seconds, rate * seconds, elections, entries);
        return elections == 0 && entries == 0;
    }
}
