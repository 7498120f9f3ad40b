import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Three replicas and what is done with them: for instance a load, someone who kills them meanwhile, and at the end the truth. */
final class Run {

    private static final int EX_USAGE = 64;
    private static final int PROGRESS_SECONDS = 10;

    /** What a script does with the replicas; true if all was as it must be. */
    interface Story {
        boolean tell(Replicas replicas) throws IOException, InterruptedException;
    }

    private final Replicas replicas;
    private final Tally tally = new Tally();
    private final Registry registry = new Registry();
    private final long startNanos = System.nanoTime();
    private final Duration limit;

    /** @param limit how long the load may last */
    Run(Replicas replicas, Duration limit) {
        this.replicas = replicas;
        this.limit = limit;
    }

    static Options parse(String[] args, Set<String> known) {
        try {
            return Options.parse(args, known);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(EX_USAGE);
            throw e;
        }
    }

    /** As {@link #parse(String[], Set)}, where the words are to be some of {@code words}. */
    static Options parse(String[] args, Set<String> known, List<String> words) {
        Options options = parse(args, known);
        if (!words.containsAll(options.words())) {
            System.err.println("known words: " + words);
            System.exit(EX_USAGE);
        }
        return options;
    }

    /** Tells the story to replicas with the smallest hash, and ends the process with 0 or 1. */
    static void on(Story story) throws IOException, InterruptedException {
        System.exit(on(Replicas.SMALLEST_HASH, story) ? 0 : 1);
    }

    /** Starts the replicas, tells the story, and kills them. True if all was as it must be. */
    static boolean on(Map<String, String> settings, Story story) throws IOException, InterruptedException {
        boolean sound = false;
        Replicas replicas = new Replicas(home(), settings);
        try (replicas) {
            replicas.awaitReady();
            sound = story.tell(replicas);
        } catch (IllegalStateException | CompletionException e) {
            System.out.println("FAILED: " + e.getMessage());
        }
        if (sound) {
            replicas.delete();
        } else {
            System.out.println("logs and data are kept in " + replicas.directory());
        }
        return sound;
    }

    /** The repository. */
    static Path home() {
        return Path.of(System.getProperty("muster.home"));
    }

    boolean isOver() {
        return elapsed().compareTo(limit) > 0;
    }

    /** Registers users until there are none, or it shall stop; returns when the killer is done as well. */
    void load(int perSecond, Iterator<User> users, Killer killer, BooleanSupplier stop) throws InterruptedException {
        try (ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor()) {
            progress.scheduleAtFixedRate(
                    () -> print(killer), PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
            new Load(registry, tally, perSecond).run(users, () -> isOver() || stop.getAsBoolean());
            killer.stop();
            progress.shutdownNow();
        }
        print(killer);
    }

    /**
     * Logs in every acknowledged user, at one replica each, or at every one. Prints the result; true if none is lost and
     * nothing unexpected was answered.
     */
    boolean conclude(boolean atEveryReplica) throws InterruptedException {
        replicas.awaitReady();
        List<User> users = tally.acknowledged();
        Verification verification = new Verification(registry);
        long lost = 0;
        for (int shift = 0; shift < (atEveryReplica ? Replicas.COUNT : 1); shift++) {
            lost += verification.lost(users, shift);
        }
        long wronglyRefused = verification.wronglyRefused(tally.doubtfulConflicts());
        System.out.println("logged in " + users.size() + (atEveryReplica ? " users at every replica" : " users")
                + ", elapsed " + elapsed().toSeconds() + " s in all");
        System.out.println("acknowledged users lost: " + lost);
        System.out.println("retries that met their own user: " + wronglyRefused);
        return lost == 0 && wronglyRefused == 0 && tally.isClean();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private void print(Killer killer) {
        System.out.println(
                "elapsed " + elapsed().toSeconds() + " s, kills " + killer.kills() + ": " + tally);
    }
}
