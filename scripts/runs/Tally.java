import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of the registers of a run. Safe for use by several threads. */
final class Tally {

    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int RULE_BROKEN = 422;
    private static final int UNAVAILABLE = 503;

    private final ConcurrentLinkedQueue<User> acknowledged = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<User> doubtfulConflicts = new ConcurrentLinkedQueue<>();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder resolved = new LongAdder();
    private final LongAdder unresolved = new LongAdder();
    private final Map<Integer, LongAdder> unexpected = new ConcurrentSkipListMap<>();

    /** Before a register. */
    void begin() {
        begun.increment();
    }

    /** After a register. */
    void add(User user, Registry.Result result) {
        ended.increment();
        retries.add(result.retries());
        boolean settled = result.status() == CREATED || result.status() == CONFLICT;
        if (settled && result.doubted()) {
            resolved.increment();
        }
        switch (result.status()) {
            case CREATED -> {
                accepted.increment();
                acknowledged.add(user);
            }
            case CONFLICT -> {
                conflicts.increment();
                if (result.doubted()) {
                    doubtfulConflicts.add(user);
                }
            }
            case RULE_BROKEN -> refused.increment();
            case Registry.NO_ANSWER, Registry.NOT_SENT, UNAVAILABLE -> unresolved.increment();
            default -> unexpected.computeIfAbsent(result.status(), _ -> new LongAdder()).increment();
        }
    }

    List<User> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /**
     * Those whose retry was told that the name is taken. The taker must be another: with one Idempotency-Key, a retry of
     * what was done answers as the first time.
     */
    List<User> doubtfulConflicts() {
        return List.copyOf(doubtfulConflicts);
    }

    /** Whether every register that was begun ended, and in a way that was to be expected. */
    boolean isClean() {
        return unexpected.isEmpty() && begun.sum() == ended.sum();
    }

    @Override
    public String toString() {
        return "accepted " + accepted + ", refused by username rule " + refused + ", conflicts " + conflicts
                + ", retries " + retries + ", unknown and resolved " + resolved + ", unresolved " + unresolved
                + (unexpected.isEmpty() ? "" : ", unexpected (status=count) " + unexpected);
    }
}
