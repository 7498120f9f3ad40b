import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Logs in users after a run. */
final class Verification {

    private static final int MAX_IN_FLIGHT = 32;
    private static final int SHOWN = 10;

    private final Registry registry;

    Verification(Registry registry) {
        this.registry = registry;
    }

    /** Counts those that cannot log in, and prints some. Each is tried at one replica, another one for each shift. */
    long lost(List<User> users, int shift) throws InterruptedException {
        Set<User> found = loggedIn(users, shift);
        return count("LOST", users.stream().filter(user -> !found.contains(user)).toList());
    }

    /** Counts those whose own password works although their register was told that the name is taken; prints some. */
    long wronglyRefused(List<User> users) throws InterruptedException {
        return count("TAKEN BY ITSELF", List.copyOf(loggedIn(users, 0)));
    }

    private static long count(String label, List<User> users) {
        users.stream().limit(SHOWN).forEach(user -> System.out.println(label + ": " + user.name()));
        return users.size();
    }

    private Set<User> loggedIn(List<User> users, int shift) throws InterruptedException {
        Set<User> found = ConcurrentHashMap.newKeySet();
        Semaphore free = new Semaphore(MAX_IN_FLIGHT);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (User user : users) {
                free.acquire();
                threads.submit(() -> {
                    try {
                        int replica = Replicas.inTurn(user.number() + shift);
                        if (registry.login(user, replica).status() == 200) {
                            found.add(user);
                        }
                    } finally {
                        free.release();
                    }
                    return null;
                });
            }
        }
        return found;
    }
}
